package io.lariat.model;

import io.lariat.data.SparseRows;

/** Prediction of rows on the host, on any thread; outputs are doubles whatever is computed in. */
sealed interface RowPass permits ForwardPass, ExactForwardPass {

  /** Predicts {@code count} rows of {@code rows} into {@code out}. */
  void apply(double[] rows, int count, double[] out);

  /** Predicts {@code count} rows from row {@code from} on into {@code out}. */
  void apply(SparseRows rows, int from, int count, double[] out);

  /** The same pass without the last activation. */
  RowPass logits();
}
