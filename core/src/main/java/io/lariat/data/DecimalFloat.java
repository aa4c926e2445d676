package io.lariat.data;

import java.util.stream.IntStream;

/**
 * Reads the numerals that most tables are full of: up to 18 digits and a small power of ten. What
 * it is not sure of it leaves to the library.
 *
 * <p>After W. D. Clinger, How to read floating point numbers accurately (1990): the digits as an
 * integer and the power of ten are each at most one rounding away from exact as doubles, and one
 * more rounding multiplies them. So the product is within {@code 3 x 2^-53} of the number,
 * relatively, which is less than 4 units in its last place. It rounds to the same float as the
 * number unless a point halfway between two floats lies among those few units.
 */
final class DecimalFloat {
  private static final int MOST_DIGITS = 18;
  private static final int GREATEST_POWER = 22;

  /** From 10^-22 to 10^22, each the nearest double. */
  private static final double[] POWERS =
      IntStream.rangeClosed(-GREATEST_POWER, GREATEST_POWER)
          .mapToDouble(power -> Double.parseDouble("1e" + power))
          .toArray();

  /** A double's bits below those of a float. */
  private static final int BELOW_FLOAT = (1 << 29) - 1;

  /** These bits of a double halfway between two floats. */
  private static final int HALFWAY = 1 << 28;

  private static final int ERROR = 4;

  private int end;

  /** Where the last numeral ended. */
  int end() {
    // Not packed with the number into one result: the next cell would have to wait for the
    // arithmetic of this one.
    return end;
  }

  /**
   * Reads the plain decimal numeral at the beginning of {@code text[from..to)} as far as it goes,
   * which {@link #end} then tells.
   *
   * @return the nearest float; NaN if there is no numeral or its float is not certain
   */
  float read(char[] text, int from, int to) {
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
    if (count == 0 || count > MOST_DIGITS) {
      return Float.NaN;
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
        return Float.NaN;
      }
      scale += small ? -power : power;
    }
    end = i;
    float value = scale == 0 ? digits : scaled(digits, scale);
    return negative ? -value : value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static float scaled(long digits, int scale) {
    if (Math.abs(scale) > GREATEST_POWER) {
      return Float.NaN;
    }
    double d = digits * POWERS[scale + GREATEST_POWER];
    int below = (int) Double.doubleToRawLongBits(d) & BELOW_FLOAT;
    if (Math.abs(below - HALFWAY) <= ERROR) {
      return Float.NaN;
    }
    // At least 1e-22 if not 0, and so no subnormal float, whose halfway points have other bits.
    float f = (float) d;
    return Float.isInfinite(f) ? Float.NaN : f;
  }
}
