package io.lariat.simd.machine;

import io.lariat.backend.Matrix;

/**
 * How the shares of a recorded {@link Job} touch a matrix.
 *
 * @param matrix which
 * @param split which part of it each share touches
 * @param isWrite whether it is written
 */
public record Access(Matrix matrix, Split split, boolean isWrite) {

  /** Which part of a matrix a share touches. */
  public enum Split {
    /** The rows that {@link Job#begin} gives it, with a grain of 1, and no others. */
    ROWS,
    /** Any part. */
    WHOLE,
    /** All or nothing: the last share alone touches it. */
    LAST
  }

  /** One access; the only row of a matrix is the last share's. */
  static Access of(Matrix matrix, Split split, boolean isWrite) {
    boolean isRow = split == Split.ROWS && matrix.rows() == 1;
    return new Access(matrix, isRow ? Split.LAST : split, isWrite);
  }

  /**
   * Whether a share of the later job must wait until <em>all</em> shares of the earlier one have
   * ended. Not so if they touch different memory, or only read, or if what a share of the later one
   * touches is what the same share of the earlier one did.
   */
  public static boolean mustWait(Access earlier, Access later) {
    if (!earlier.isWrite && !later.isWrite) {
      return false;
    }
    if (!earlier.overlaps(later)) {
      return false;
    }
    if (earlier.split == Split.LAST && later.split == Split.LAST) {
      return false;
    }
    Matrix a = earlier.matrix;
    Matrix b = later.matrix;
    boolean sameRows =
        earlier.split == Split.ROWS
            && later.split == Split.ROWS
            && a.offset() == b.offset()
            && a.rows() == b.rows()
            && a.cols() == b.cols();
    return !sameRows;
  }

  /** Whether both touch some of the same memory. */
  boolean overlaps(Access other) {
    Matrix a = matrix;
    Matrix b = other.matrix;
    return a.storage().equals(b.storage())
        && a.offset() < b.offset() + b.size()
        && b.offset() < a.offset() + a.size();
  }
}
