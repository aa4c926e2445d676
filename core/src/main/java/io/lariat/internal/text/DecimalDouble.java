package io.lariat.internal.text;

import java.util.stream.IntStream;

/**
 * Reads the numerals that most tables are full of: up to 18 digits and a small power of ten. What
 * it is not sure of it leaves to the library.
 *
 * <p>After W. D. Clinger, How to read floating point numbers accurately (1990): up to 2^53 the
 * digits as an integer are a double, the power of ten is one, and one division or multiplication
 * rounds the number as it should. With more digits the quotient q is corrected by what it leaves,
 * which a fused multiply-add knows exactly, so that q and its correction are together within {@code
 * 2^-50} units in the last place of the number. Their sum rounds as the number does unless the
 * number is that near to a point halfway between two doubles.
 */
public final class DecimalDouble {
  private static final int MOST_DIGITS = 18;
  private static final int GREATEST_POWER = 22;
  private static final long EXACT = 1L << 53;

  /** From 10^0 to 10^22, which are doubles. */
  private static final double[] POWERS =
      IntStream.rangeClosed(0, GREATEST_POWER)
          .mapToDouble(power -> Double.parseDouble("1e" + power))
          .toArray();

  /** A share of half a unit in the last place, that of its last part that is not certain. */
  private static final double CERTAIN = 1 - 0x1p-40;

  private int end;

  /** Where the last numeral ended. */
  public int end() {
    // Not packed with the number into one result: the next cell would have to wait for the
    // arithmetic of this one.
    return end;
  }

  /**
   * Reads the plain decimal numeral at the beginning of {@code text[from..to)} as far as it goes,
   * which {@link #end} then tells.
   *
   * @return the nearest double; NaN if there is no numeral or its double is not certain
   */
  public double read(char[] text, int from, int to) {
    int i = from;
    boolean negative = i < to && text[i] == '-';
    if (negative || (i < to && text[i] == '+')) {
      i++;
    }
    long digits = 0;
    int first = i;
    for (; i < to && isDigit(text[i]); i++) {
      digits = 10 * digits + (text[i] - '0');
    }
    int count = i - first;
    int scale = 0;
    if (i < to && text[i] == '.') {
      int fraction = ++i;
      for (; i < to && isDigit(text[i]); i++) {
        digits = 10 * digits + (text[i] - '0');
      }
      scale = fraction - i;
      count -= scale;
    }
    if (count == 0 || (count > MOST_DIGITS && count - zeros(text, first, i) > MOST_DIGITS)) {
      return Double.NaN;
    }
    if (i < to && (text[i] == 'e' || text[i] == 'E')) {
      i++;
      boolean small = i < to && text[i] == '-';
      if (small || (i < to && text[i] == '+')) {
        i++;
      }
      int power = 0;
      int exponent = i;
      for (; i < to && isDigit(text[i]); i++) {
        power = 10 * power + (text[i] - '0');
      }
      if (i == exponent || i - exponent > 3) {
        return Double.NaN;
      }
      scale += small ? -power : power;
    }
    end = i;
    double value = scale == 0 && digits <= EXACT ? digits : scaled(digits, scale);
    return negative ? -value : value;
  }

  /** How many of the digits before the first one that is not zero are in {@code text[from..to)}. */
  private static int zeros(char[] text, int from, int to) {
    int zeros = 0;
    for (int i = from; i < to && (text[i] == '0' || text[i] == '.'); i++) {
      zeros += text[i] == '0' ? 1 : 0;
    }
    return zeros;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static double scaled(long digits, int scale) {
    if (Math.abs(scale) > GREATEST_POWER) {
      return Double.NaN;
    }
    double power = POWERS[Math.abs(scale)];
    if (digits <= EXACT) {
      return scale < 0 ? digits / power : digits * power;
    }
    return corrected(digits, scale, power);
  }

  /** Of more digits than a double holds. */
  private static double corrected(long digits, int scale, double power) {
    double d = digits;
    double rest = digits - (long) d;
    double nearest;
    double correction;
    if (scale < 0) {
      nearest = d / power;
      correction = (Math.fma(-nearest, power, d) + rest) / power;
    } else {
      nearest = d * power;
      correction = Math.fma(rest, power, Math.fma(d, power, -nearest));
    }
    double sum = nearest + correction;
    double left = nearest - sum + correction;
    // Below a power of two, doubles are half as far apart; the smaller distance is the safe one.
    double half = 0.5 * (sum - Math.nextDown(sum));
    return Math.abs(left) < CERTAIN * half ? sum : Double.NaN;
  }
}
