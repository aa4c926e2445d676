package io.lariat.data;

/** What becomes of a CSV file's cells; called in the order of the file. */
interface RowSink {

  /**
   * The file's first line.
   *
   * @throws DataException if a column is missing
   */
  void header(CsvHeader header);

  /**
   * A cell, without the white space around it: {@code text[from..to)}.
   *
   * @param column counted from 0, and less than the header's size
   * @param line the line of the cell, counted from 1
   * @throws DataException if the cell cannot be used; thrown on only if the row has the right
   *     length
   */
  void cell(int column, char[] text, int from, int to, long line);

  /**
   * Takes as many of a line's next cells as are of the kinds that are quickest to read: those that
   * a comma or the line's feed ends without more ado, in columns that the header has. Any other
   * cell is left to come as {@link #cell}.
   */
  void quickCells(LineCursor line);

  /** After a row's last cell, if the row has as many cells as the header. */
  void endRow();

  /** How many rows can be taken; one more is an error. */
  default long mostRows() {
    return Integer.MAX_VALUE;
  }
}
