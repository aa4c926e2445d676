package io.lariat.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Any text is the number that Java reads in it, if it is a plain decimal, and else none. */
public final class NumberFuzz {
  private static final Pattern PLAIN =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private NumberFuzz() {}

  /** Reads {@code input}, a byte a character. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    char[] chars = text.toCharArray();
    DecimalDouble numerals = new DecimalDouble();
    double first = numerals.read(chars, 0, chars.length);
    if (!Double.isNaN(first)) {
      requireSame(first, expected(text.substring(0, numerals.end())), text);
    }
    double whole = CellKind.parse(chars, 0, chars.length);
    requireSame(whole, expected(text), text);
    if (Double.isNaN(whole) && CellKind.ofOdd(text) == CellKind.NUMBER) {
      throw new AssertionError(text + " is a number and none");
    }
  }

  private static double expected(String text) {
    if (!PLAIN.matcher(text).matches()) {
      return Double.NaN;
    }
    double number = Double.parseDouble(text);
    boolean isLost = number == 0 && text.split("[eE]", 2)[0].chars().anyMatch(c -> c > '0');
    return Double.isInfinite(number) || isLost ? Double.NaN : number;
  }

  private static void requireSame(double found, double expected, String text) {
    if (Double.compare(found, expected) != 0) {
      throw new AssertionError(text + " is " + found + "; expected " + expected);
    }
  }
}
