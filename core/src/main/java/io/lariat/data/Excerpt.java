package io.lariat.data;

/** Text from a file as an error message shows it: short, on one line, in quotes. */
public final class Excerpt {
  private static final int LONGEST = 40;

  private Excerpt() {}

  /** {@code text} in single quotes, without control characters, cut after 40 characters. */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder("'");
    int end = Math.min(text.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    return shown.append(end < text.length() ? "...'" : "'").toString();
  }
}
