package io.lariat.backend;

import java.util.Locale;

/**
 * A dense row-major view {@code [rows x cols]} of a {@link Storage}; it never copies.
 *
 * <p>Element {@code (i, j)} is the storage's float {@code offset + i * cols + j}. A matrix that
 * exists lies wholly inside its storage, so a backend need not check that again. Zero rows or
 * columns are not allowed.
 *
 * @param name what error messages call it
 * @param storage the memory it looks at
 * @param offset the position of element (0, 0), in floats
 * @param rows the number of rows, at least 1
 * @param cols the number of columns, at least 1
 */
public record Matrix(String name, Storage storage, long offset, int rows, int cols) {

  /**
   * Checks that the view lies inside the storage.
   *
   * @throws IllegalArgumentException if it does not
   */
  public Matrix {
    if (rows < 1 || cols < 1) {
      throw new IllegalArgumentException(
          "matrix " + name + ": expected at least 1 row and 1 column, found " + rows + "x" + cols);
    }
    long size = (long) rows * cols;
    if (offset < 0 || offset > storage.length() - size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "matrix %s [%dx%d] at offset %d: reaches outside its storage of %d floats",
              name,
              rows,
              cols,
              offset,
              storage.length()));
    }
  }

  /** A view of the whole of {@code storage}, which must hold exactly {@code rows * cols} floats. */
  public static Matrix of(String name, Storage storage, int rows, int cols) {
    if (storage.length() != (long) rows * cols) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "matrix %s [%dx%d]: expected a storage of %d floats, found %d",
              name,
              rows,
              cols,
              (long) rows * cols,
              storage.length()));
    }
    return new Matrix(name, storage, 0, rows, cols);
  }

  /** The number of elements. */
  public long size() {
    return (long) rows * cols;
  }

  /** Rows {@code from} to {@code from + count - 1} of this matrix. */
  public Matrix rowRange(int from, int count) {
    if (from < 0 || count < 1 || from > rows - count) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: rows %d to %d asked for",
              describe(),
              from,
              (long) from + count - 1));
    }
    return new Matrix(name, storage, offset + (long) from * cols, count, cols);
  }

  /** The same elements seen as {@code [rows x cols]}; the number of elements must not change. */
  public Matrix reshape(int newRows, int newCols) {
    if ((long) newRows * newCols != size()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s cannot be seen as [%dx%d]", describe(), newRows, newCols));
    }
    return new Matrix(name, storage, offset, newRows, newCols);
  }

  /** Whether this view and {@code other} share any element. */
  public boolean overlaps(Matrix other) {
    return storage.equals(other.storage)
        && offset < other.offset + other.size()
        && other.offset < offset + size();
  }

  /** Whether this view and {@code other} are the same elements in the same shape. */
  public boolean sameAs(Matrix other) {
    return storage.equals(other.storage)
        && offset == other.offset
        && rows == other.rows
        && cols == other.cols;
  }

  /** Whether this matrix has the shape of {@code other}. */
  public boolean sameShape(Matrix other) {
    return rows == other.rows && cols == other.cols;
  }

  /** Name and shape for messages: {@code w [30x128]}. */
  public String describe() {
    return name + " [" + rows + "x" + cols + "]";
  }
}
