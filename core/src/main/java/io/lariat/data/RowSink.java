package io.lariat.data;

/**
 * Takes the cells of rows, in the order of the columns. A cell is a number, a text or missing;
 * which of these a column has is said by its {@link SourceColumn}.
 *
 * <p>No object is made for a cell: millions of them come.
 */
public interface RowSink {

  /**
   * Whether a cell of {@code column} that says a number may come as {@link #number} in the row that
   * is under way. It always may in a column of numbers; in one that is {@linkplain
   * SourceColumn.Cells#WRITTEN written} it has to come as its text while that may be a label.
   */
  boolean takesNumbers(int column);

  /**
   * The cell in {@code column} is a number.
   *
   * @throws DataException if it is not finite, or cannot be used
   */
  void number(int column, double value);

  /**
   * The cell in {@code column} is the text {@code text[from..to)}, which is not kept; if it is
   * empty, the cell is missing.
   *
   * @throws DataException if it cannot be used
   */
  void text(int column, char[] text, int from, int to);

  /**
   * The cell in {@code column} is the text of one character {@code only}, a letter or a digit, if
   * the sink has a quick way to take it: there are tables of nothing else. One that is not taken
   * has to come as {@link #text}.
   *
   * @return whether it is taken
   */
  default boolean character(int column, char only) {
    return false;
  }

  /**
   * There is nothing in the cell in {@code column}.
   *
   * @throws DataException if the column is wanted
   */
  void missing(int column);

  /**
   * The row has all its cells.
   *
   * @throws DataException if there are more rows than can be taken
   */
  void endRow();
}
