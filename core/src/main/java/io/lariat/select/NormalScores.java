package io.lariat.select;

import io.lariat.numeric.Vectors;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Values replaced by what standard normal ones of the same ranks would be (van der Waerden 1952):
 * outliers and heavy tails count no more than their ranks, and of normal values next to nothing is
 * lost.
 */
final class NormalScores {
  /** {@code sums[i]}: of the scores of the i least ranks. */
  private final double[] sums;

  /** Scores for {@code rows} values: {@code Phi^-1((rank - 3/8) / (rows + 1/4))} (Blom 1958). */
  NormalScores(int rows) {
    sums = new double[rows + 1];
    for (int i = 0; i < rows; i++) {
      sums[i + 1] = sums[i] + inverseNormal((i + 0.625) / (rows + 0.25));
    }
  }

  /**
   * The scores of {@code values}, equal ones having the mean of theirs; scaled to a mean square of
   * 1, and all 0 if all values are equal.
   */
  double[] of(double[] values) {
    int n = values.length;
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] byRank = new double[n];
    for (int from = 0, to; from < n; from = to) {
      to = from + 1;
      while (to < n && sorted[to] == sorted[from]) {
        to++;
      }
      Arrays.fill(byRank, from, to, to - from == n ? 0 : (sums[to] - sums[from]) / (to - from));
    }
    double square = Vectors.dot(byRank, byRank);
    double scale = square > 0 ? Math.sqrt(n / square) : 0;
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      scores[i] = scale * byRank[Arrays.binarySearch(sorted, values[i])];
    }
    return scores;
  }

  /**
   * Independent standard normal values, in the order of {@code values} (Bell and Doksum 1965);
   * chance has the order of equal ones. If the values are exchangeable, the scores are exactly
   * normal, and independent of all that the values are independent of.
   */
  static double[] random(double[] values, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    int n = values.length;
    double[] normal = new double[n];
    double[] tie = new double[n];
    for (int i = 0; i < n; i++) {
      normal[i] = random.nextGaussian();
      tie[i] = random.nextDouble();
    }
    Arrays.sort(normal);
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(
                (a, b) -> {
                  int byValue = Double.compare(values[a], values[b]);
                  return byValue != 0 ? byValue : Double.compare(tie[a], tie[b]);
                })
            .mapToInt(i -> i)
            .toArray();
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      scores[order[i]] = normal[i];
    }
    return scores;
  }

  /** The quantile of the standard normal distribution (Wichura 1988, PPND7: seven digits). */
  static double inverseNormal(double p) {
    double q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      return q
          * (((5.9109374720e1 * r + 1.5929113202e2) * r + 5.0434271938e1) * r + 3.3871327179)
          / (((6.7187563600e1 * r + 7.8757757664e1) * r + 1.7895169469e1) * r + 1);
    }
    double r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
    double z;
    if (r <= 5) {
      r -= 1.6;
      z =
          (((1.7023821103e-1 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777)
              / ((1.2021132975e-1 * r + 7.3700164250e-1) * r + 1);
    } else {
      r -= 5;
      z =
          (((1.7337203997e-2 * r + 4.2868294337e-1) * r + 3.0812263860) * r + 6.6579051150)
              / ((1.2258202635e-2 * r + 2.4197894225e-1) * r + 1);
    }
    return q < 0 ? -z : z;
  }
}
