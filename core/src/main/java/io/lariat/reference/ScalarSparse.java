package io.lariat.reference;

import io.lariat.backend.Checks;
import io.lariat.backend.SparseMatrix;
import java.util.Arrays;

/** A sparse matrix in heap memory, its places checked. */
final class ScalarSparse {
  private final HeapIndices starts;
  private final HeapIndices columns;
  private final View values;

  ScalarSparse(SparseMatrix a, HeapIndices starts, HeapIndices columns, View values) {
    this.starts = starts;
    this.columns = columns;
    this.values = values;
    int before = 0;
    boolean isRight = starts.at(0) == 0 && starts.at(a.rows()) <= columns.length();
    for (int i = 0; i <= a.rows() && isRight; i++) {
      isRight = starts.at(i) >= before;
      before = starts.at(i);
    }
    for (int k = 0; isRight && k < before; k++) {
      isRight = columns.at(k) >= 0 && columns.at(k) < a.cols();
    }
    if (!isRight) {
      throw Checks.places(a);
    }
  }

  /** {@code out = this b}, each element a sum in double. */
  void multiply(View b, View out) {
    double[] sums = new double[out.cols()];
    for (int i = 0; i < out.rows(); i++) {
      Arrays.fill(sums, 0);
      for (int k = starts.at(i); k < starts.at(i + 1); k++) {
        for (int j = 0; j < sums.length; j++) {
          sums[j] += values.at(k) * b.at(columns.at(k), j);
        }
      }
      for (int j = 0; j < sums.length; j++) {
        out.set(i, j, sums[j]);
      }
    }
  }
}
