package io.lariat.backend;

import java.util.Locale;

/**
 * A sparse matrix {@code [rows x cols]} in backend memory, by compressed rows (CSR): the elements
 * of row {@code i} that are there are those at {@code starts[i]} to {@code starts[i + 1] - 1} of
 * {@code columns} and {@code values}; all others are zero. The columns of a row may come in any
 * order; what comes twice counts twice.
 *
 * <p>{@code columns} and {@code values} may have room for more elements than there are.
 *
 * @param name what error messages call it
 * @param starts {@code rows + 1} places, ascending from 0; the last is the number of elements
 * @param columns each element's column
 * @param values {@code [1 x columns.length]}, each element's value
 * @param rows the number of rows, at least 1
 * @param cols the number of columns, at least 1
 */
public record SparseMatrix(
    String name, Indices starts, Indices columns, Matrix values, int rows, int cols) {

  /**
   * Checks that the parts go together; what is in them is checked by the operations.
   *
   * @throws IllegalArgumentException if they do not
   */
  public SparseMatrix {
    if (rows < 1
        || cols < 1
        || starts.length() != rows + 1L
        || values.rows() != 1
        || values.cols() != columns.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sparse matrix %s [%dx%d]: %d starts, %d columns, %s",
              name,
              rows,
              cols,
              starts.length(),
              columns.length(),
              values.describe()));
    }
  }

  /** Name and shape for messages: {@code x [128x1000000]}. */
  public String describe() {
    return name + " [" + rows + "x" + cols + "]";
  }
}
