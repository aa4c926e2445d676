package io.lariat.internal.text;

/** Text from a file as an error message shows it: short, on one line, in quotes. */
public final class Excerpt {
  private static final int LONGEST = 40;

  private Excerpt() {}

  /**
   * {@code text} in single quotes as {@link Printable} shows it, cut after 40 characters of its
   * own.
   */
  public static String of(String text) {
    if (text.codePointCount(0, text.length()) <= LONGEST) {
      return "'" + Printable.of(text) + "'";
    }
    int end = text.offsetByCodePoints(0, LONGEST);
    return "'" + Printable.of(text.substring(0, end)) + "...'";
  }
}
