package io.lariat.internal.text;

import java.math.BigDecimal;

/** Numbers as people write them: {@code 1700000000} where Java says {@code 1.7E9}. */
public final class NumberText {
  /** Longer than this, a power of ten is easier to read. */
  private static final int LONGEST = 25;

  private NumberText() {}

  /** The shortest decimal that is read as {@code value}; whole numbers have no point. */
  public static String of(double value) {
    return plain(Double.toString(value));
  }

  /** The shortest decimal that is read as the float {@code value}. */
  public static String of(float value) {
    return plain(Float.toString(value));
  }

  private static String plain(String java) {
    if (java.endsWith("y") || java.endsWith("N")) { // Infinity, NaN
      return java;
    }
    BigDecimal number = new BigDecimal(java);
    if (number.signum() == 0) {
      return "0";
    }
    String plain = number.stripTrailingZeros().toPlainString();
    return plain.length() <= LONGEST ? plain : java;
  }
}
