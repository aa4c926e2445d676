package io.lariat.cli.path;

import io.lariat.cli.options.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;

/**
 * What {@code --lambdas} gives: how many, or which.
 *
 * @param count how many, if {@code values} is empty
 * @param values which, all above 0
 */
record PathLambdas(int count, List<Double> values) {
  private static final int MOST = 10_000;

  PathLambdas {
    values = List.copyOf(values);
  }

  /** The values as an array. */
  double[] array() {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return values.isEmpty()
        ? String.valueOf(count)
        : values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Reads {@code 50} or {@code 0.1,0.03}. */
  static final class Converter implements ITypeConverter<PathLambdas> {
    private static final String EXPECTED =
        "how many, a whole number from 2 to "
            + MOST
            + ", or lambdas above 0 separated by commas (a single whole one with a point: 1.0)";

    @Override
    public PathLambdas convert(String value) {
      String text = value.strip();
      if (text.matches("[+-]?\\d+")) {
        return new PathLambdas(count(text), List.of());
      }
      List<Double> values =
          Arrays.stream(text.split(",", -1)).map(part -> lambda(part, value)).toList();
      return new PathLambdas(values.size(), values);
    }

    private static int count(String text) {
      try {
        int count = Integer.parseInt(text);
        if (count >= 2 && count <= MOST) {
          return count;
        }
      } catch (NumberFormatException e) {
        // Said below, as for a number out of range.
      }
      throw Numbers.unexpected(EXPECTED, text);
    }

    private static double lambda(String part, String all) {
      try {
        double lambda = Double.parseDouble(part.strip());
        if (lambda > 0 && Double.isFinite(lambda)) {
          return lambda;
        }
      } catch (NumberFormatException e) {
        // Said below, as for a number that is not above 0.
      }
      throw Numbers.unexpected(EXPECTED, all);
    }
  }
}
