package io.lariat.reference;

import io.lariat.backend.Loss;

/** The losses, their metrics and their gradients; {@link Loss} has the formulas. */
final class ScalarLosses {

  private ScalarLosses() {}

  /** {@code out [rows x 2]}: each row's data loss and metric. */
  static void scores(Loss loss, View logits, View targets, View out) {
    for (int i = 0; i < logits.rows(); i++) {
      switch (loss) {
        case BINARY_CROSSENTROPY -> binaryScores(logits, targets, i, out);
        case CATEGORICAL_CROSSENTROPY -> categoricalScores(logits, targets, i, out);
        case MEAN_SQUARED_ERROR -> squaredErrorScores(logits, targets, i, out);
      }
    }
  }

  /** The gradient of the mean over the rows; grad may be logits. */
  static void lossGrad(Loss loss, View logits, View targets, View grad) {
    double perRow = 1.0 / logits.rows();
    double perElement = perRow / logits.cols();
    for (int i = 0; i < logits.rows(); i++) {
      switch (loss) {
        case BINARY_CROSSENTROPY -> {
          for (int j = 0; j < logits.cols(); j++) {
            double p = ScalarActivations.sigmoid(logits.at(i, j));
            grad.set(i, j, (p - targets.at(i, j)) * perElement);
          }
        }
        case CATEGORICAL_CROSSENTROPY -> categoricalGrad(logits, targets, i, perRow, grad);
        case MEAN_SQUARED_ERROR -> {
          for (int j = 0; j < logits.cols(); j++) {
            grad.set(i, j, 2 * (logits.at(i, j) - targets.at(i, j)) * perElement);
          }
        }
      }
    }
  }

  private static void categoricalGrad(View logits, View targets, int i, double perRow, View grad) {
    // The softmax needs the whole row, so before grad, which may be logits, overwrites it.
    double max = ScalarActivations.max(logits, i);
    double sum = ScalarActivations.sumExp(logits, i, max);
    for (int j = 0; j < logits.cols(); j++) {
      double p = Math.exp(logits.at(i, j) - max) / sum;
      grad.set(i, j, (p - (j == targets.at(i, 0) ? 1 : 0)) * perRow);
    }
  }

  private static void binaryScores(View logits, View targets, int i, View out) {
    double loss = 0;
    double right = 0;
    for (int j = 0; j < logits.cols(); j++) {
      double z = logits.at(i, j);
      double y = targets.at(i, j);
      // softplus(z) = max(z, 0) + log1p(exp(-|z|))
      loss += ScalarActivations.softplus(z) - z * y;
      right += (z > 0) == (y > 0.5) ? 1 : 0;
    }
    out.set(i, 0, loss / logits.cols());
    out.set(i, 1, right / logits.cols());
  }

  private static void categoricalScores(View logits, View targets, int i, View out) {
    double max = ScalarActivations.max(logits, i);
    double target = Double.NaN; // what a class outside the columns gives: never a plausible loss
    int firstLargest = -1;
    for (int j = 0; j < logits.cols(); j++) {
      double z = logits.at(i, j);
      if (j == targets.at(i, 0)) {
        target = z;
      }
      if (firstLargest < 0 && z == max) {
        firstLargest = j;
      }
    }
    out.set(i, 0, max - target + Math.log(ScalarActivations.sumExp(logits, i, max)));
    out.set(i, 1, firstLargest == targets.at(i, 0) ? 1 : 0);
  }

  private static void squaredErrorScores(View logits, View targets, int i, View out) {
    double squares = 0;
    double absolutes = 0;
    for (int j = 0; j < logits.cols(); j++) {
      double error = logits.at(i, j) - targets.at(i, j);
      squares += error * error;
      absolutes += Math.abs(error);
    }
    out.set(i, 0, squares / logits.cols());
    out.set(i, 1, absolutes / logits.cols());
  }
}
