package io.lariat.data;

import java.io.IOException;

/**
 * Rows of a table, wherever they are: in a file of some {@link TableFormat}, in a database. It
 * hands on cells as the values that they are; what the columns mean, which of them are categories
 * and what a model makes of them is for {@link Table} to say, the same for every source.
 */
public interface TableSource {

  /** What messages begin with, and call this data: a file's path. */
  String name();

  /**
   * Goes through all rows from the first on and hands them to {@code sink}; a source that is read
   * again does the same again.
   *
   * @param progress to be told how far it has come
   * @throws IOException if the rows cannot be read; the one who reads says so in words, with the
   *     name and the remedy
   * @throws DataException if they are not as the format wants them; what the sink throws ends the
   *     reading too
   */
  void read(ReadProgress progress, TableSink sink) throws IOException;

  /** What is missing where there are no rows: {@code is empty; expected <this>}. */
  default String expected() {
    return "rows";
  }

  /** Whether its rows are {@linkplain TableSink#sparseRows sparse}. */
  default boolean isSparse() {
    return false;
  }
}
