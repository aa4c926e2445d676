package io.lariat.data.csv;

/**
 * Splits plain lines into cells. A plain line is a record by itself: commas part its cells, its end
 * ends the last one. That holds up to the first quote or lone carriage return, and from there on a
 * CSV parser has to say what is a cell.
 */
final class PlainLines {
  private final TextWindow text;
  private final CsvRows rows;

  PlainLines(TextWindow text, CsvRows rows) {
    this.text = text;
    this.rows = rows;
  }

  /**
   * Reads the next line, which is there as a whole: hands its cells on until one is not plain.
   *
   * @return whether the line was plain and is behind; if not, the text has not been moved on
   */
  boolean read() {
    char[] chars = text.chars;
    int at = text.from;
    while (true) {
      at = rows.quickCells(chars, at, text.to);
      if (!isBehindLine(at)) {
        int end = plainEnd(chars, at);
        if (end < 0) {
          return false;
        }
        rows.cell(chars, at, end, false);
        at = chars[end] == '\r' ? end + 2 : end + 1;
      }
      if (isBehindLine(at)) {
        text.from = at;
        return true;
      }
    }
  }

  private boolean isBehindLine(int at) {
    return at > text.from && text.chars[at - 1] == '\n';
  }

  /** Where the cell ends that begins at {@code at}, or -1 if it is not plain. */
  private static int plainEnd(char[] chars, int at) {
    int i = at;
    while (true) {
      char c = chars[i];
      if (c <= ',') {
        if (c == ',' || c == '\n') {
          return i;
        }
        if (c == '\r') {
          return chars[i + 1] == '\n' ? i : -1;
        }
        if (c == '"') {
          return -1;
        }
      }
      i++;
    }
  }
}
