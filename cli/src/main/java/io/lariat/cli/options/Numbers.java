package io.lariat.cli.options;

import io.lariat.select.FeatureSelector;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads option values that are numbers, and says what was expected where they are not. */
public final class Numbers {
  private Numbers() {}

  // What implements an interface of picocli's is not in the JVM's cache of classes, since picocli
  // is compiled for Java 5, and
  // each lambda in it is made anew at every start. So there are none here.

  /**
   * A number that is as it should be.
   *
   * @param <T> its type
   */
  abstract static class Checked<T> implements ITypeConverter<T> {
    private final String expected;

    Checked(String expected) {
      this.expected = expected;
    }

    /** The number that {@code text} is; throws {@link NumberFormatException} if it is none. */
    abstract T parse(String text);

    abstract boolean valid(T number);

    @Override
    public T convert(String value) {
      try {
        T number = parse(value.strip());
        if (valid(number)) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below, as for a number out of range.
      }
      throw unexpected(expected, value);
    }
  }

  /** A multiple of {@code step} from {@code least} to {@code most}. */
  abstract static class Whole extends Checked<Integer> {
    private final int least;
    private final int most;
    private final int step;

    Whole(int least, int most, int step, String expected) {
      super(expected);
      this.least = least;
      this.most = most;
      this.step = step;
    }

    @Override
    final Integer parse(String text) {
      return Integer.valueOf(text);
    }

    @Override
    final boolean valid(Integer n) {
      return n >= least && n <= most && n % step == 0;
    }
  }

  /** A finite number of at least {@code least} and below {@code end}. */
  abstract static class Real extends Checked<Double> {
    /** The least number above 0. */
    static final double ABOVE_0 = Double.MIN_VALUE;

    private final double least;
    private final double end;

    Real(double least, double end, String expected) {
      super(expected);
      this.least = least;
      this.end = end;
    }

    @Override
    final Double parse(String text) {
      return Double.parseDouble(text) + 0.0; // -0.0 would be printed as such in the settings
    }

    @Override
    final boolean valid(Double number) {
      return Double.isFinite(number) && number >= least && number < end;
    }
  }

  /** A whole number of at least 1. */
  public static final class Count extends Whole {
    Count() {
      super(1, Integer.MAX_VALUE, 1, "a whole number of at least 1");
    }
  }

  /** A whole number of at least 0. */
  public static final class CountOrZero extends Whole {
    CountOrZero() {
      super(0, Integer.MAX_VALUE, 1, "a whole number of at least 0");
    }
  }

  /** An even whole number of at least 0. */
  public static final class EvenCount extends Whole {
    EvenCount() {
      super(0, Integer.MAX_VALUE, 2, "an even whole number of at least 0");
    }
  }

  /** A number of folds. */
  public static final class Folds extends Whole {
    Folds() {
      super(2, Integer.MAX_VALUE, 1, "a whole number of at least 2");
    }
  }

  /** A number of threads. */
  public static final class Threads extends Whole {
    Threads() {
      super(1, 1024, 1, "a whole number from 1 to 1024");
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
      super("a whole number");
    }

    @Override
    Long parse(String text) {
      return Long.valueOf(text);
    }

    @Override
    boolean valid(Long any) {
      return true;
    }
  }

  /** A finite number of at least 0. */
  public static final class NotNegative extends Real {
    NotNegative() {
      super(0, Double.POSITIVE_INFINITY, "a finite number of at least 0");
    }
  }

  /** A finite number above 0. */
  public static final class Positive extends Real {
    Positive() {
      super(ABOVE_0, Double.POSITIVE_INFINITY, "a finite number above 0");
    }
  }

  /** A number in [0, 1). */
  public static final class Share extends Real {
    Share() {
      super(0, 1, "a number of at least 0 and below 1");
    }
  }

  /** A number in (0, 1). */
  public static final class Factor extends Real {
    Factor() {
      super(ABOVE_0, 1, "a number above 0 and below 1");
    }
  }

  /** A finite number. */
  public static final class Finite extends Real {
    Finite() {
      super(-Double.MAX_VALUE, Double.POSITIVE_INFINITY, "a finite number");
    }
  }

  /** A level of a selection. */
  public static final class Level extends Real {
    Level() {
      super(
          FeatureSelector.LEAST_LEVEL,
          1,
          "a number of at least "
              + BigDecimal.valueOf(FeatureSelector.LEAST_LEVEL).stripTrailingZeros().toPlainString()
              + " and below 1");
    }
  }

  public static TypeConversionException unexpected(String expected, String found) {
    return new TypeConversionException("expected " + expected + ", found '" + found + "'");
  }
}
