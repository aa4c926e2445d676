package io.lariat.internal.text;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import java.util.Locale;
import java.util.Set;

/** What a cell's text is. */
public enum CellKind {
  /** A finite number in plain decimal notation. */
  NUMBER(""),
  /** A number beyond the range of a double. */
  TOO_LARGE("is too large for a 64-bit double; rescale the column"),
  /** A number other than 0 that is nearer to 0 than to any double. */
  TOO_SMALL("is too small for a 64-bit double, which would be 0; rescale the column"),
  /** A word for infinity or for no number. */
  NOT_FINITE("is not finite; fill in a number or remove the row"),
  /** A word for a missing value. */
  MISSING("stands for a missing value; fill in a number or remove the row"),
  /** A number, but written in another notation. */
  OTHER_NOTATION("is not in plain decimal notation, such as -1234.5 or 1e-3; rewrite the column"),
  /** A date, a time, or both. */
  DATE("is a date or a time; write it as a number, such as days since the first, or remove it"),
  /** Any other text. */
  TEXT("is not a number; correct it or remove the row");

  private static final Set<String> NOT_FINITE_WORDS = Set.of("nan", "inf", "infinity");
  private static final Set<String> MISSING_WORDS =
      Set.of("na", "n/a", "#n/a", "<na>", "null", "none", "nil", "missing", "?", "-", "--", ".");

  private final String complaint;

  CellKind(String complaint) {
    this.complaint = complaint;
  }

  /** What is wrong with it in a column of numbers, and the remedy. */
  public String complaint() {
    return complaint;
  }

  /** Whether it speaks for a column of numbers. */
  public boolean isNumeric() {
    return this == NUMBER || this == TOO_LARGE || this == TOO_SMALL;
  }

  /** Whether it speaks for a column of texts; words for missing values speak for neither. */
  public boolean isText() {
    return this == TEXT || isNumberForPeople();
  }

  /** Whether people read it as a number or as a point in time, and so not as a category. */
  public boolean isNumberForPeople() {
    return this == OTHER_NOTATION || this == DATE;
  }

  /**
   * The double nearest to the number in {@code text[from..to)}; NaN if that is anything else than a
   * finite number of a double's range in plain decimal notation.
   */
  public static double parse(char[] text, int from, int to) {
    DecimalDouble plain = new DecimalDouble();
    double number = plain.read(text, from, to);
    return !Double.isNaN(number) && plain.end() == to ? number : parseAny(text, from, to);
  }

  /** As {@link #parse}, by the library. */
  static double parseAny(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (!(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return Double.NaN;
      }
    }
    if (from == to) {
      return Double.NaN;
    }
    try {
      double number = JavaDoubleParser.parseDouble(text, from, to - from);
      boolean isLost = number == 0 && hasDigit(text, from, to);
      return Double.isFinite(number) && !isLost ? number : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Whether a numeral has a digit other than 0 before its exponent. */
  private static boolean hasDigit(char[] text, int from, int to) {
    for (int i = from; i < to && text[i] != 'e' && text[i] != 'E'; i++) {
      if (text[i] >= '1' && text[i] <= '9') {
        return true;
      }
    }
    return false;
  }

  /** The kind of a text for which {@link #parse} gave NaN. */
  public static CellKind ofOdd(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (MISSING_WORDS.contains(word)) {
      return MISSING;
    }
    boolean signed = word.startsWith("-") || word.startsWith("+");
    if (NOT_FINITE_WORDS.contains(signed ? word.substring(1) : word)) {
      return NOT_FINITE;
    }
    if (Notation.isDate(text)) {
      return DATE;
    }
    if (text.chars().anyMatch(c -> "0123456789.+-eE".indexOf(c) < 0)) {
      return Notation.isNumber(text) ? OTHER_NOTATION : TEXT;
    }
    try {
      return JavaDoubleParser.parseDouble(text) == 0 ? TOO_SMALL : TOO_LARGE;
    } catch (NumberFormatException e) {
      return Notation.isNumber(text) ? OTHER_NOTATION : TEXT; // such as 1.234.567
    }
  }
}
