package io.lariat.data.csv;

/**
 * Splits plain lines into cells. A plain line is a record by itself: commas part its cells, its end
 * ends the last one. That holds up to the first quote or lone carriage return, and from there on a
 * CSV parser has to say what is a cell.
 */
final class PlainLines {
  private final TextWindow text;
  private final CsvRows rows;
  private final LineCursor line = new LineCursor();

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
    line.begin(chars, text.from, text.to);
    while (true) {
      rows.quickCells(line);
      if (!line.atEnd) {
        int end = plainEnd(chars, line.at);
        if (end < 0) {
          return false;
        }
        rows.cell(chars, line.at, end, false);
        line.at = chars[end] == '\r' ? end + 2 : end + 1;
        line.atEnd = chars[end] != ',';
      }
      if (line.atEnd) {
        text.from = line.at;
        return true;
      }
    }
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
