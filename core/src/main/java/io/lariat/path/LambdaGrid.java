package io.lariat.path;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The lambdas of a path. */
final class LambdaGrid {
  private LambdaGrid() {}

  /** {@code count} lambdas from {@code max} to {@code ratio * max}, even on a logarithmic scale. */
  static double[] falling(double max, double ratio, int count) {
    return IntStream.range(0, count)
        .mapToDouble(i -> max * Math.pow(ratio, i / (count - 1.0)))
        .toArray();
  }

  /** The lambdas given, each once, from the largest to the smallest. */
  static double[] given(double... values) {
    double[] sorted = Arrays.stream(values).distinct().sorted().toArray();
    if (sorted.length == 0 || !(sorted[0] > 0) || !Double.isFinite(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException(
          "lambdas: expected positive numbers, found " + Arrays.toString(values));
    }
    return IntStream.range(0, sorted.length)
        .mapToDouble(i -> sorted[sorted.length - 1 - i])
        .toArray();
  }

  /** Checks a number of lambdas. */
  static int count(int number) {
    if (number < 2) {
      throw new IllegalArgumentException("lambdas: expected at least 2, found " + number);
    }
    return number;
  }

  /** Checks a number of folds. */
  static int folds(int number) {
    if (number < 0 || number == 1) {
      throw new IllegalArgumentException("folds: expected 0 or at least 2, found " + number);
    }
    return number;
  }
}
