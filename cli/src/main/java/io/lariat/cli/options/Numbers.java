package io.lariat.cli.options;

import io.lariat.select.FeatureSelector;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads option values that are numbers, and says what was expected where they are not. */
public final class Numbers {
  private Numbers() {}

  /** A whole number of at least 1. */
  public static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return whole(value, 1, "a whole number of at least 1");
    }
  }

  /** A whole number of at least 0. */
  public static final class CountOrZero implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return whole(value, 0, "a whole number of at least 0");
    }
  }

  /** An even whole number of at least 0. */
  public static final class EvenCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      String expected = "an even whole number of at least 0";
      int count = whole(value, 0, expected);
      if (count % 2 != 0) {
        throw unexpected(expected, value);
      }
      return count;
    }
  }

  /** A number of folds. */
  public static final class Folds implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return whole(value, 2, "a whole number of at least 2");
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

  /** A number of threads. */
  static final class Threads implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      String expected = "a whole number from 1 to 1024";
      int threads = whole(value, 1, expected);
      if (threads > 1024) {
        throw unexpected(expected, value);
      }
      return threads;
    }
  }

  /** Any long. */
  public static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      try {
        return Long.valueOf(value.strip());
      } catch (NumberFormatException e) {
        throw unexpected("a whole number", value);
      }
    }
  }

  /** A finite number of at least 0. */
  public static final class NotNegative implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      return real(value, v -> v >= 0, "a finite number of at least 0");
    }
  }

  /** A finite number above 0. */
  public static final class Positive implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      return real(value, v -> v > 0, "a finite number above 0");
    }
  }

  /** A number in [0, 1). */
  public static final class Share implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      return real(value, v -> v >= 0 && v < 1, "a number of at least 0 and below 1");
    }
  }

  /** A level of a selection. */
  public static final class Level implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      double least = FeatureSelector.LEAST_LEVEL;
      String expected = "a number of at least " + BigDecimal.valueOf(least) + " and below 1";
      return real(value, v -> v >= least && v < 1, expected);
    }
  }

  public static TypeConversionException unexpected(String expected, String found) {
    return new TypeConversionException("expected " + expected + ", found '" + found + "'");
  }

  private static int whole(String value, int least, String expected) {
    try {
      int number = Integer.parseInt(value.strip());
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is too small.
    }
    throw unexpected(expected, value);
  }

  private static double real(String value, DoublePredicate valid, String expected) {
    try {
      double number = Double.parseDouble(value.strip());
      // -0.0 would be printed as such in the settings.
      if (Double.isFinite(number) && valid.test(number)) {
        return number + 0.0;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw unexpected(expected, value);
  }
}
