package io.lariat.path;

import io.lariat.data.Task;
import io.lariat.exact.Activations;

/**
 * The mean data loss of {@link io.lariat.backend.Loss} over rows, in double, from the scores {@code
 * z [outputs][rows]}: squared error, binary cross-entropy or cross-entropy.
 */
final class LinearLoss {
  /** Below this a row would have no curvature at all in double precision. */
  private static final double LEAST_CURVATURE = 1e-10;

  private final Task task;
  private final double[] y;

  LinearLoss(Task task, double[] y) {
    this.task = task;
    this.y = y;
  }

  /** The mean loss. */
  double value(double[][] z) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += loss(z, i);
    }
    return sum / y.length;
  }

  private double loss(double[][] z, int i) {
    double s = z[0][i];
    return switch (task) {
      case REGRESSION -> (s - y[i]) * (s - y[i]);
      case BINARY -> Activations.softplus(s) - s * y[i];
      case MULTICLASS -> logSum(z, i) - z[(int) y[i]][i];
    };
  }

  private static double logSum(double[][] z, int i) {
    double max = z[0][i];
    for (int k = 1; k < z.length; k++) {
      max = Math.max(max, z[k][i]);
    }
    double sum = 0;
    for (double[] scores : z) {
      sum += Math.exp(scores[i] - max);
    }
    return max + Math.log(sum);
  }

  /**
   * The mean loss's gradient and curvature by each row's score of output {@code k}.
   *
   * @param gradient {@code [rows]}, written
   * @param curvature {@code [rows]}, written; positive
   */
  void derivatives(double[][] z, int k, double[] gradient, double[] curvature) {
    double n = y.length;
    for (int i = 0; i < y.length; i++) {
      if (task == Task.REGRESSION) {
        gradient[i] = 2 * (z[0][i] - y[i]) / n;
        curvature[i] = 2 / n;
      } else {
        boolean binary = task == Task.BINARY;
        double p = binary ? 1 / (1 + Math.exp(-z[0][i])) : Math.exp(z[k][i] - logSum(z, i));
        double target = binary ? y[i] : y[i] == k ? 1 : 0;
        gradient[i] = (p - target) / n;
        curvature[i] = Math.max(p * (1 - p), LEAST_CURVATURE) / n;
      }
    }
  }

  /** The share of rows whose class is right, or the mean absolute error. */
  double metric(double[][] z) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum +=
          switch (task) {
            case REGRESSION -> Math.abs(z[0][i] - y[i]);
            case BINARY -> z[0][i] > 0 == y[i] > 0.5 ? 1 : 0;
            case MULTICLASS -> largest(z, i) == (int) y[i] ? 1 : 0;
          };
    }
    return sum / y.length;
  }

  private static int largest(double[][] z, int i) {
    int best = 0;
    for (int k = 1; k < z.length; k++) {
      if (z[k][i] > z[best][i]) {
        best = k;
      }
    }
    return best;
  }
}
