package io.lariat.data.csv;

/** How far the cells of a plain line have been taken; the line is in {@link #text} as a whole. */
final class LineCursor {
  /** The text in which the line lies. */
  char[] text = {};

  /** Where the text ends, behind the line's end. */
  int to;

  /** Where the next cell begins, or the next line if this one is at its end. */
  int at;

  /** Whether the line's last cell has been taken. */
  boolean atEnd;

  /** Goes to the beginning of a line. */
  void begin(char[] chars, int from, int end) {
    text = chars;
    at = from;
    to = end;
    atEnd = false;
  }
}
