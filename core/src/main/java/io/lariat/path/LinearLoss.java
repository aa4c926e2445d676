package io.lariat.path;

import io.lariat.backend.Loss;
import io.lariat.numeric.RowLosses;
import java.util.Arrays;

/**
 * The mean of a {@link Loss} over rows, in double, from the scores {@code z [outputs][rows]}; what
 * solvers ask for goes by predictions, which they compute once.
 */
final class LinearLoss {
  /** Below this a row would have no curvature at all in double precision. */
  private static final double LEAST_CURVATURE = 1e-16;

  private final Loss loss;
  private final RowLosses rows;
  private final double[] y;
  private final int outputs;

  LinearLoss(Loss loss, double[] y, int outputs) {
    this.loss = loss;
    this.y = y;
    this.outputs = outputs;
    rows = new RowLosses(loss, outputs);
  }

  /** The scores {@code [outputs]} of the best model without features. */
  double[] constantScores() {
    return loss.constant(y, outputs);
  }

  /** The mean loss. */
  double value(double[][] z) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += rows.value(z, i, y[i]);
    }
    return sum / y.length;
  }

  /** The loss of each row, {@code [rows]}. */
  double[] values(double[][] z) {
    double[] values = new double[y.length];
    Arrays.setAll(values, i -> rows.value(z, i, y[i]));
    return values;
  }

  /** The mean of the sizes of what the rows' losses, {@link #values}, are sums of. */
  double size(double[] losses, double[][] z) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += rows.size(losses[i], z, i, y[i]);
    }
    return sum / y.length;
  }

  /** The mean metric. */
  double metric(double[][] z) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += rows.metric(z, i, y[i]);
    }
    return sum / y.length;
  }

  /** What the scores predict, {@code [outputs][rows]}. */
  double[][] predictions(double[][] z) {
    return rows.predictions(z);
  }

  /**
   * The mean loss's derivative by each row's score of output {@code k}.
   *
   * @param predictions see {@link #predictions}
   * @param gradient {@code [rows]}, written
   */
  void gradient(double[][] predictions, int k, double[] gradient) {
    double n = y.length;
    for (int i = 0; i < y.length; i++) {
      gradient[i] = rows.slope(predictions, i, k, y[i]) / n;
    }
  }

  /**
   * The mean loss's second derivative by each row's scores of outputs {@code k} and {@code l}.
   *
   * @param predictions see {@link #predictions}
   * @param curvature {@code [rows]}, written; positive where the outputs are the same
   */
  void curvature(double[][] predictions, int k, int l, double[] curvature) {
    double n = y.length;
    for (int i = 0; i < y.length; i++) {
      double c = rows.curvature(predictions, i, k, l, y[i]);
      curvature[i] = (k == l ? Math.max(c, LEAST_CURVATURE) : c) / n;
    }
  }
}
