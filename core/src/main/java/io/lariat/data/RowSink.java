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
   * Takes the cell that begins {@code text[from..to)} if it is of the kind that is quickest to read
   * in its column, and if the next comma or line feed ends it.
   *
   * @return where it ends; -1 if it has not been taken and is to come as {@link #cell}
   */
  int quickCell(int column, char[] text, int from, int to);

  /** After a row's last cell, if the row has as many cells as the header. */
  void endRow();
}
