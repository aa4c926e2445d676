package io.lariat.path;

import io.lariat.data.Task;
import io.lariat.optimality.Activations;
import java.util.Arrays;

/**
 * The mean data loss of {@link io.lariat.backend.Loss} over rows, in double, from the scores {@code
 * z [outputs][rows]}: squared error, binary cross-entropy or cross-entropy.
 */
final class LinearLoss {
  /** Below this a row would have no curvature at all in double precision. */
  private static final double LEAST_CURVATURE = 1e-16;

  /** Below this a class's share is nothing beside those of the others. */
  private static final double LEAST_SHARE = 1e-16;

  private final Task task;
  private final double[] y;

  LinearLoss(Task task, double[] y) {
    this.task = task;
    this.y = y;
  }

  /**
   * The scores {@code [outputs]} of the best model without features: the mean, the log odds, or the
   * logarithm of each class's share. A class without rows gets the share that rounding leaves of
   * none.
   */
  double[] constantScores(int outputs) {
    double n = y.length;
    if (task == Task.REGRESSION) {
      return new double[] {Arrays.stream(y).sum() / n};
    }
    double[] shares = new double[Math.max(2, outputs)];
    for (double label : y) {
      shares[(int) label] += 1 / n;
    }
    Arrays.setAll(shares, k -> Math.log(Math.max(shares[k], LEAST_SHARE)));
    return outputs == 1 ? new double[] {shares[1] - shares[0]} : shares;
  }

  /** The mean loss. */
  double value(double[][] z) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += loss(z, i);
    }
    return sum / y.length;
  }

  /** The loss of each row, {@code [rows]}. */
  double[] values(double[][] z) {
    double[] values = new double[y.length];
    Arrays.setAll(values, i -> loss(z, i));
    return values;
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

  /** The scores of a regression, else probabilities, {@code [outputs][rows]}. */
  double[][] predictions(double[][] z) {
    double[][] predictions = new double[z.length][y.length];
    for (int i = 0; i < y.length; i++) {
      double logSum = task == Task.MULTICLASS ? logSum(z, i) : 0;
      for (int k = 0; k < z.length; k++) {
        predictions[k][i] =
            switch (task) {
              case REGRESSION -> z[0][i];
              case BINARY -> 1 / (1 + Math.exp(-z[0][i]));
              case MULTICLASS -> Math.exp(z[k][i] - logSum);
            };
      }
    }
    return predictions;
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
      double p = predictions[k][i];
      gradient[i] =
          switch (task) {
            case REGRESSION -> 2 * (p - y[i]) / n;
            case BINARY -> (p - y[i]) / n;
            case MULTICLASS -> (p - (y[i] == k ? 1 : 0)) / n;
          };
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
      double p = predictions[k][i];
      if (task == Task.REGRESSION) {
        curvature[i] = 2 / n;
      } else if (k == l) {
        curvature[i] = Math.max(p * (1 - p), LEAST_CURVATURE) / n;
      } else {
        curvature[i] = -p * predictions[l][i] / n;
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
