package io.lariat.reference;

import io.lariat.backend.Loss;

/** Losses by rows, as {@link Loss} describes them. */
final class ScalarLosses {

  private ScalarLosses() {}

  /** {@code out [rows x 2]} = each row's loss and metric. */
  static void rowLosses(Loss loss, View logits, View targets, View out) {
    double[] z = new double[logits.cols()];
    double[] y = new double[targets.cols()];
    for (int i = 0; i < logits.rows(); i++) {
      logits.getRow(i, z);
      targets.getRow(i, y);
      out.set(i, 0, loss.value(z, y));
      out.set(i, 1, loss.metric(z, y));
    }
  }

  /** The gradient of the mean over the rows; grad may be logits. */
  static void lossGrad(Loss loss, View logits, View targets, View grad) {
    double[] z = new double[logits.cols()];
    double[] y = new double[targets.cols()];
    for (int i = 0; i < logits.rows(); i++) {
      logits.getRow(i, z);
      targets.getRow(i, y);
      loss.gradient(z, y, 1.0 / logits.rows());
      grad.setRow(i, z);
    }
  }
}
