package io.lariat.data;

import java.util.List;

/** What a {@link TableSource} is read into. It is told once, before the first row, what comes. */
public interface TableSink {

  /**
   * Takes rows with a cell in each column.
   *
   * @param columns their names and what is in them, in the order of the cells
   * @throws DataException if a name is missing or occurs twice, or a column is not there that is
   *     wanted
   */
  RowSink rows(List<SourceColumn> columns, SourcePlace place);

  /**
   * Takes sparse rows: numbers in columns that have indices for names.
   *
   * @throws DataException if the columns that are wanted have other names
   */
  SparseSink sparseRows(SourcePlace place);
}
