package io.lariat.cli.options;

import io.lariat.select.FeatureSelector;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads option values that are numbers, and says what was expected where they are not. */
public final class Numbers {
  private Numbers() {}

  /**
   * A number that is as it should be.
   *
   * @param <T> its type
   */
  abstract static class Checked<T> implements ITypeConverter<T> {
    private final Function<String, T> parse;
    private final Predicate<T> valid;
    private final String expected;

    Checked(Function<String, T> parse, Predicate<T> valid, String expected) {
      this.parse = parse;
      this.valid = valid;
      this.expected = expected;
    }

    @Override
    public T convert(String value) {
      try {
        T number = parse.apply(value.strip());
        if (valid.test(number)) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below, as for a number out of range.
      }
      throw unexpected(expected, value);
    }
  }

  /** A whole number of at least 1. */
  public static final class Count extends Checked<Integer> {
    Count() {
      super(Integer::valueOf, n -> n >= 1, "a whole number of at least 1");
    }
  }

  /** A whole number of at least 0. */
  public static final class CountOrZero extends Checked<Integer> {
    CountOrZero() {
      super(Integer::valueOf, n -> n >= 0, "a whole number of at least 0");
    }
  }

  /** An even whole number of at least 0. */
  public static final class EvenCount extends Checked<Integer> {
    EvenCount() {
      super(Integer::valueOf, n -> n >= 0 && n % 2 == 0, "an even whole number of at least 0");
    }
  }

  /** A number of folds. */
  public static final class Folds extends Checked<Integer> {
    Folds() {
      super(Integer::valueOf, n -> n >= 2, "a whole number of at least 2");
    }
  }

  /** A number of threads. */
  public static final class Threads extends Checked<Integer> {
    Threads() {
      super(Integer::valueOf, n -> n >= 1 && n <= 1024, "a whole number from 1 to 1024");
    }
  }

  /** Lambdas separated by commas. */
  public static final class Lambdas implements ITypeConverter<List<Double>> {
    @Override
    public List<Double> convert(String value) {
      List<Double> lambdas = new ArrayList<>();
      for (String part : value.split(",", -1)) {
        lambdas.add(new NotNegative().convert(part.strip()));
      }
      return lambdas;
    }
  }

  /** Any long. */
  public static final class Seed extends Checked<Long> {
    Seed() {
      super(Long::valueOf, any -> true, "a whole number");
    }
  }

  /** A finite number of at least 0. */
  public static final class NotNegative extends Checked<Double> {
    NotNegative() {
      super(Numbers::finite, v -> v >= 0, "a finite number of at least 0");
    }
  }

  /** A finite number above 0. */
  public static final class Positive extends Checked<Double> {
    Positive() {
      super(Numbers::finite, v -> v > 0, "a finite number above 0");
    }
  }

  /** A number in [0, 1). */
  public static final class Share extends Checked<Double> {
    Share() {
      super(Numbers::finite, v -> v >= 0 && v < 1, "a number of at least 0 and below 1");
    }
  }

  /** A number in (0, 1). */
  public static final class Factor extends Checked<Double> {
    Factor() {
      super(Numbers::finite, v -> v > 0 && v < 1, "a number above 0 and below 1");
    }
  }

  /** A finite number. */
  public static final class Finite extends Checked<Double> {
    Finite() {
      super(Numbers::finite, any -> true, "a finite number");
    }
  }

  /** A level of a selection. */
  public static final class Level extends Checked<Double> {
    Level() {
      super(
          Numbers::finite,
          v -> v >= FeatureSelector.LEAST_LEVEL && v < 1,
          "a number of at least "
              + BigDecimal.valueOf(FeatureSelector.LEAST_LEVEL).stripTrailingZeros().toPlainString()
              + " and below 1");
    }
  }

  public static TypeConversionException unexpected(String expected, String found) {
    return new TypeConversionException("expected " + expected + ", found '" + found + "'");
  }

  private static Double finite(String value) {
    double number = Double.parseDouble(value);
    if (!Double.isFinite(number)) {
      throw new NumberFormatException();
    }
    return number + 0.0; // -0.0 would be printed as such in the settings
  }
}
