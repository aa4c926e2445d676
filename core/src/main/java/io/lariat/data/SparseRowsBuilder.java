package io.lariat.data;

import io.lariat.internal.rows.ElementValues;
import java.util.Arrays;

/** Sparse rows that come one element after the other. */
final class SparseRowsBuilder {
  private int[] starts = new int[1024];
  private int[] columns = new int[1024];
  private final ElementValues values = new ElementValues();
  private int rows;
  private int elements;
  private int greatest = -1;

  /** Adds an element to the row that is under way, its column above that of the element before. */
  void add(int column, double value) {
    if (elements == columns.length) {
      columns = Arrays.copyOf(columns, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * elements));
    }
    columns[elements++] = column;
    values.add(value);
    greatest = Math.max(greatest, column);
  }

  /** Ends the row that is under way. */
  void endRow() {
    if (++rows == starts.length) {
      starts = Arrays.copyOf(starts, 2 * rows);
    }
    starts[rows] = elements;
  }

  /** The number of rows that have ended. */
  int rows() {
    return rows;
  }

  /** The number of elements so far. */
  int elements() {
    return elements;
  }

  /** The greatest column so far; -1 if there is no element. */
  int greatest() {
    return greatest;
  }

  /** Takes {@code by} from every column. */
  void shift(int by) {
    for (int k = 0; k < elements; k++) {
      columns[k] -= by;
    }
    greatest -= by;
  }

  /** The rows, of {@code features} features. */
  SparseRows build(int features) {
    values.trim();
    return SparseRows.of(
        features, Arrays.copyOf(starts, rows + 1), Arrays.copyOf(columns, elements), values);
  }
}
