package io.lariat.data;

/**
 * How a float stands for a double that it is only near to. Under a number of decimals {@code d} it
 * stands for the decimal of {@code d} places nearest to it, under none for itself:
 *
 * <pre>{@code
 * decode(f, 0) = f
 * decode(f, d) = rint(f 10^d) / 10^d
 * }</pre>
 *
 * <p>A double that was read from a decimal {@code N / 10^d} is held as long as {@code |N| < 2^23}:
 * the float is within {@code 2^-24} of it, relatively, so that {@code f 10^d} is within {@code |N|
 * 2^-24 (1 + 2^-52) < 1/2} of the integer N and rounds to it; and one division of two integers that
 * doubles hold is rounded once, as the reading of the decimal was. Others may be held by luck:
 * {@link #holds} tries.
 */
final class FloatCode {
  /** So many decimals at most: powers of ten up to this one are doubles. */
  static final int MOST_DECIMALS = 22;

  private static final double[] POWERS = new double[MOST_DECIMALS + 1];

  static {
    POWERS[0] = 1;
    for (int d = 1; d < POWERS.length; d++) {
      POWERS[d] = 10 * POWERS[d - 1];
    }
  }

  private FloatCode() {}

  /** The double that {@code f} stands for under {@code decimals}. */
  static double decode(float f, int decimals) {
    return decimals == 0 ? f : Math.rint(f * POWERS[decimals]) / POWERS[decimals];
  }

  /** Whether the float nearest to {@code value} stands for it under {@code decimals}. */
  static boolean holds(double value, int decimals) {
    return decode((float) value, decimals) == value;
  }
}
