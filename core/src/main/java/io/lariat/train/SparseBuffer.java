package io.lariat.train;

import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.SparseMatrix;
import io.lariat.backend.Storage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A sparse matrix that is filled on the host, again and again, and brought to a backend. */
final class SparseBuffer {
  private final Backend backend;
  private final Arena memory;
  private final String name;
  private @Nullable Indices backendStarts;
  private @Nullable Indices backendColumns;
  private @Nullable Storage backendValues;

  /** Where each row begins and, after the last one, ends. */
  int[] starts = new int[1];

  int[] columns = new int[1];
  float[] values = new float[1];

  SparseBuffer(Backend backend, Arena memory, String name) {
    this.backend = backend;
    this.memory = memory;
    this.name = name;
  }

  /** Makes room; what was there before may be gone. */
  void reserve(int rows, int elements) {
    if (starts.length <= rows) {
      starts = new int[longer(rows + 1L)];
    }
    if (columns.length < elements) {
      columns = new int[longer(elements)];
      values = new float[columns.length];
    }
  }

  private static int longer(long needed) {
    return (int) Math.min(Integer.MAX_VALUE - 8L, needed + needed / 2);
  }

  /** Brings the first {@code rows} rows to the backend, as a matrix {@code [rows x cols]}. */
  SparseMatrix write(int rows, int cols) {
    Indices s = backendStarts;
    if (s == null || s.length() < starts.length) {
      free(s);
      s = memory.indices(starts.length);
      backendStarts = s;
    }
    Indices c = backendColumns;
    Storage v = backendValues;
    if (c == null || v == null || c.length() < columns.length) {
      free(c);
      if (v != null) {
        memory.free(v);
      }
      c = memory.indices(columns.length);
      v = memory.floats(values.length);
      backendColumns = c;
      backendValues = v;
    }
    int elements = Math.max(1, starts[rows]); // indices and matrices are never empty
    Indices rowStarts = s.range(0, rows + 1);
    Indices elementColumns = c.range(0, elements);
    Matrix elementValues = new Matrix(name + " values", v, 0, 1, elements);
    backend.write(starts, 0, rowStarts);
    backend.write(columns, 0, elementColumns);
    backend.write(values, 0, elementValues);
    return new SparseMatrix(name, rowStarts, elementColumns, elementValues, rows, cols);
  }

  private void free(@Nullable Indices indices) {
    if (indices != null) {
      memory.free(indices);
    }
  }

  /** Fills {@code of} with this matrix of {@code rows} rows, its rows and columns exchanged. */
  void transposeTo(SparseBuffer of, int rows, int cols) {
    of.reserve(cols, starts[rows]);
    int[] next = of.starts;
    Arrays.fill(next, 0, cols + 1, 0);
    for (int k = 0; k < starts[rows]; k++) {
      next[columns[k] + 1]++;
    }
    for (int j = 0; j < cols; j++) {
      next[j + 1] += next[j];
    }
    for (int i = 0; i < rows; i++) {
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        int to = next[columns[k]]++;
        of.columns[to] = i;
        of.values[to] = values[k];
      }
    }
    // each place has moved on to where the next row begins
    System.arraycopy(next, 0, next, 1, cols);
    next[0] = 0;
  }
}
