package io.lariat.cli.words;

import io.lariat.internal.text.Printable;

/** A text on one line, as messages and tables have it. */
public final class OneLine {

  /** Longer lines than this are shortened in the middle: their end holds the remedy. */
  private static final int LONGEST = 900;

  private OneLine() {}

  /** On one line, without what a name in a file could do to a terminal, and not too long. */
  public static String of(String text) {
    String line = Printable.of(text.stripTrailing());
    int length = line.codePointCount(0, line.length());
    return length <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST / 2))
            + " ... "
            + line.substring(line.offsetByCodePoints(line.length(), -LONGEST / 3));
  }
}
