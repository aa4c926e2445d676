package io.lariat.reference;

/**
 * The elements of a matrix in heap memory. Reading widens to double, writing rounds to float: the
 * only place where the reference rounds.
 */
final class View {
  private final float[] floats;
  private final int offset;
  private final int rows;
  private final int cols;

  View(float[] floats, int offset, int rows, int cols) {
    this.floats = floats;
    this.offset = offset;
    this.rows = rows;
    this.cols = cols;
  }

  int rows() {
    return rows;
  }

  int cols() {
    return cols;
  }

  /** The number of elements, which fits an int because they are in one array. */
  int size() {
    return rows * cols;
  }

  /** Element {@code (i, j)}. */
  double at(int i, int j) {
    return floats[offset + i * cols + j];
  }

  /** Element {@code index} in row-major order. */
  double at(int index) {
    return floats[offset + index];
  }

  /** Rounds {@code value} to float and stores it as element {@code (i, j)}. */
  void set(int i, int j, double value) {
    floats[offset + i * cols + j] = (float) value;
  }

  /** Rounds {@code value} to float and stores it as element {@code index} in row-major order. */
  void set(int index, double value) {
    floats[offset + index] = (float) value;
  }

  /** Copies row {@code i} to {@code row}. */
  void getRow(int i, double[] row) {
    for (int j = 0; j < cols; j++) {
      row[j] = at(i, j);
    }
  }

  /** Rounds {@code row} to float and stores it as row {@code i}. */
  void setRow(int i, double[] row) {
    for (int j = 0; j < cols; j++) {
      set(i, j, row[j]);
    }
  }

  /** Copies row {@code i} of {@code source}, which has as many columns, to row {@code to}. */
  void setRow(int to, View source, int i) {
    System.arraycopy(source.floats, source.offset + i * cols, floats, offset + to * cols, cols);
  }
}
