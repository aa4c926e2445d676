package io.lariat.optimality;

import io.lariat.backend.Loss;

/** Sums of losses over a block's rows, and their gradients; {@link Loss} has the formulas. */
final class LossOfRows {
  private LossOfRows() {}

  /**
   * The sum of the rows' losses; {@code logits} become the gradient of {@code scale} times that
   * sum.
   *
   * @param logits an array for each output
   * @param y the targets; those of the block begin at {@code from}
   */
  static double sumAndGradient(
      Loss loss, double[][] logits, double[] y, int from, int rows, double scale) {
    return switch (loss) {
      case BINARY_CROSSENTROPY -> binary(logits[0], y, from, rows, scale);
      case MEAN_SQUARED_ERROR -> squaredError(logits[0], y, from, rows, scale);
      case CATEGORICAL_CROSSENTROPY -> categorical(logits, y, from, rows, scale);
    };
  }

  private static double binary(double[] z, double[] y, int from, int rows, double scale) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += Activations.softplus(z[r]) - z[r] * y[from + r];
      z[r] = (Activations.sigmoid(z[r]) - y[from + r]) * scale;
    }
    return sum;
  }

  private static double squaredError(double[] z, double[] y, int from, int rows, double scale) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      double error = z[r] - y[from + r];
      sum += error * error;
      z[r] = 2 * error * scale;
    }
    return sum;
  }

  private static double categorical(double[][] z, double[] y, int from, int rows, double scale) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      double max = Double.NEGATIVE_INFINITY;
      for (double[] zk : z) {
        max = Math.max(max, zk[r]);
      }
      double exps = 0;
      for (double[] zk : z) {
        exps += Math.exp(zk[r] - max);
      }
      int target = (int) y[from + r];
      sum += max + Math.log(exps) - z[target][r];
      for (int k = 0; k < z.length; k++) {
        z[k][r] = (Math.exp(z[k][r] - max) / exps - (k == target ? 1 : 0)) * scale;
      }
    }
    return sum;
  }
}
