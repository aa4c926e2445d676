package io.lariat.internal.rows;

/**
 * How a float stands for a double that it is only near to: under a code from 0 to {@value
 * #SIGNIFICANT}.
 *
 * <pre>{@code
 * decode(f, 0) = f
 * decode(f, d) = rint(f 10^d) / 10^d                        for 1 to 22 decimals
 * decode(f, SIGNIFICANT) = the same, with d as great as f allows
 * }</pre>
 *
 * <p>A double that was read from a decimal {@code N / 10^d} is held as long as {@code |N| < 2^23}:
 * the float is within {@code 2^-24} of it, relatively, so that {@code f 10^d} is within {@code |N|
 * 2^-24 (1 + 2^-52) < 1/2} of the integer N and rounds to it; and one division of two integers that
 * doubles hold is rounded once, as the reading of the decimal was. Others may be held by luck:
 * {@link #holds} tries.
 *
 * <p>The last code is for numbers of few significant digits, whatever their size, such as 0.0123456
 * beside 12.3456: from the float's exponent {@code k} it knows the greatest {@code d} with {@code
 * 2^(k + 1) 10^d <= 2^23}, or the power of ten to divide by. Six significant digits are always
 * held: {@code N < 10^6} with as many decimals as they have, and {@code 2^(k + 1) < 2 N 10^-d}.
 */
final class FloatCode {
  /** So many decimals at most: powers of ten up to this one are doubles. */
  static final int MOST_DECIMALS = 22;

  /** The last code. */
  static final int SIGNIFICANT = MOST_DECIMALS + 1;

  private static final int DIGITS = 23;
  private static final int EXPONENTS = 256;
  private static final int BIAS = 127;

  private static final double[] POWERS = new double[MOST_DECIMALS + 1];

  /**
   * By a float's exponent, as its bits have it: the power of ten that brings it near 2^23; negated,
   * what it is to be divided by.
   */
  private static final double[] SCALES = new double[EXPONENTS];

  static {
    POWERS[0] = 1;
    for (int d = 1; d < POWERS.length; d++) {
      POWERS[d] = 10 * POWERS[d - 1];
    }
    for (int bits = 0; bits < EXPONENTS; bits++) {
      double decimals = Math.floor((DIGITS - 1 - (bits - BIAS)) * Math.log10(2));
      int d = (int) Math.clamp(decimals, -MOST_DECIMALS, MOST_DECIMALS);
      SCALES[bits] = d < 0 ? -POWERS[-d] : POWERS[d];
    }
  }

  private FloatCode() {}

  /** The double that {@code f} stands for under {@code code}. */
  static double decode(float f, int code) {
    if (code == 0) {
      return f;
    }
    if (code < SIGNIFICANT) {
      double power = POWERS[code];
      return Math.rint(f * power) / power;
    }
    double scale = SCALES[(Float.floatToRawIntBits(f) >>> DIGITS) & (EXPONENTS - 1)];
    return scale > 0 ? Math.rint(f * scale) / scale : Math.rint(f / -scale) * -scale;
  }

  /** Whether the float nearest to {@code value} stands for it under {@code code}. */
  static boolean holds(double value, int code) {
    return decode((float) value, code) == value;
  }
}
