package io.lariat.internal.text;

import java.util.Locale;

/**
 * Text from outside, such as a column's name, as people are shown it: on one line, and without
 * characters that act on what shows them. An escape sequence moves a terminal's cursor or sets its
 * title; a bidirectional mark makes the rest of a line read backwards.
 */
public final class Printable {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Printable() {}

  /**
   * {@code text} with line breaks and tabs as {@code \n}, {@code \r} and {@code \t}, and other
   * characters that are not printed as {@code \}{@code u} and their number: controls, line and
   * paragraph separators, half surrogate pairs, and invisible format characters, of which only the
   * two joiners stay, because words of some languages and emoji are spelt with them.
   */
  public static String of(String text) {
    if (text.codePoints().allMatch(Printable::isPrinted)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                  if (isPrinted(c)) {
                    shown.appendCodePoint(c);
                  } else {
                    String form = Character.isBmpCodePoint(c) ? "\\u%04x" : "\\u{%x}";
                    shown.append(String.format(Locale.ROOT, form, c));
                  }
                }
              }
            });
    return shown.toString();
  }

  private static boolean isPrinted(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER;
      default -> true;
    };
  }
}
