package io.lariat.backend.contract;

import io.lariat.backend.Activation;
import io.lariat.backend.BinaryCrossEntropy;
import io.lariat.backend.CategoricalCrossEntropy;
import io.lariat.backend.Huber;
import io.lariat.backend.Loss;
import io.lariat.backend.MeanSquaredError;
import io.lariat.backend.Poisson;
import io.lariat.backend.Quantile;

/** Losses, metrics and their gradients by their formulas, with error bounds. */
final class ExpectedLosses {
  private static final double UNIT = Expected.UNIT;
  private static final double ROUNDINGS = ExpectedActivations.ROUNDINGS;

  private ExpectedLosses() {}

  /** {@code [rows x 2]}: each row's data loss and metric. */
  static Expected rowLosses(Loss loss, float[] z, float[] y, int rows, int cols) {
    Expected expected = new Expected(rows * 2);
    for (int i = 0; i < rows; i++) {
      switch (loss) {
        case BinaryCrossEntropy _ -> binary(expected, z, y, i, cols);
        case CategoricalCrossEntropy _ -> categorical(expected, z, y[i], i, cols);
        case MeanSquaredError _ -> squaredError(expected, z, y, i, cols);
        case Huber huber -> huber(expected, huber.delta(), z, y, i, cols);
        case Poisson _ -> poisson(expected, z, y, i, cols);
        case Quantile quantile -> quantile(expected, quantile.level(), z, y, i, cols);
      }
    }
    return expected;
  }

  private static void binary(Expected expected, float[] z, float[] y, int row, int cols) {
    double sum = 0;
    double sizes = 0;
    int right = 0;
    for (int e = row * cols; e < (row + 1) * cols; e++) {
      double rest = Math.log1p(Math.exp(-Math.abs(z[e])));
      double linear = Math.max(z[e], 0) - (double) z[e] * y[e];
      sum += linear + rest;
      sizes += Math.max(z[e], 0) + Math.abs((double) z[e] * y[e]) + rest;
      if ((z[e] > 0) == (y[e] > 0.5)) {
        right++;
      }
    }
    expected.set(row * 2, sum / cols, (ROUNDINGS + cols) * UNIT * sizes / cols);
    expected.set(row * 2 + 1, (double) right / cols, 2 * UNIT);
  }

  private static void categorical(Expected expected, float[] z, double target, int row, int cols) {
    int from = row * cols;
    double max = ExpectedActivations.max(z, from, cols);
    double sum = 0;
    double distances = 0;
    int firstLargest = 0;
    for (int j = 0; j < cols; j++) {
      double term = Math.exp(z[from + j] - max);
      sum += term;
      distances += term * (max - z[from + j]);
      if (z[from + j] > z[from + firstLargest]) {
        firstLargest = j;
      }
    }
    double ofTarget = z[from + (int) target];
    // the sum is off by cols roundings and by each x - max; log turns that into an absolute error
    double bound = 2 * (ROUNDINGS + cols + distances / sum);
    bound += ROUNDINGS * Math.log(sum) + 4 * (Math.abs(max) + Math.abs(ofTarget));
    expected.set(row * 2, Math.log(sum) + (max - ofTarget), UNIT * bound);
    expected.exact(row * 2 + 1, firstLargest == target ? 1 : 0);
  }

  private static void squaredError(Expected expected, float[] z, float[] y, int row, int cols) {
    double squares = 0;
    double absolutes = 0;
    for (int e = row * cols; e < (row + 1) * cols; e++) {
      double error = (double) z[e] - y[e];
      squares += error * error;
      absolutes += Math.abs(error);
    }
    expected.set(row * 2, squares / cols, (ROUNDINGS + cols) * UNIT * squares / cols);
    expected.set(row * 2 + 1, absolutes / cols, (ROUNDINGS + cols) * UNIT * absolutes / cols);
  }

  private static void huber(
      Expected expected, double delta, float[] z, float[] y, int row, int cols) {
    double losses = 0;
    double absolutes = 0;
    double sizes = 0;
    for (int e = row * cols; e < (row + 1) * cols; e++) {
      double error = Math.abs((double) z[e] - y[e]);
      losses += error <= delta ? error * error / 2 : delta * error - delta * delta / 2;
      sizes += Math.min(error, delta) * error;
      absolutes += error;
    }
    expected.set(row * 2, losses / cols, (ROUNDINGS + cols) * UNIT * sizes / cols);
    expected.set(row * 2 + 1, absolutes / cols, (ROUNDINGS + cols) * UNIT * absolutes / cols);
  }

  private static void poisson(Expected expected, float[] z, float[] y, int row, int cols) {
    double halves = 0;
    double sizes = 0;
    for (int e = row * cols; e < (row + 1) * cols; e++) {
      double mean = Math.exp(z[e]);
      double log = y[e] == 0 ? 0 : Math.log(y[e]);
      halves += mean - y[e] + (y[e] == 0 ? 0 : y[e] * (log - z[e]));
      sizes += mean + y[e] + y[e] * (Math.abs(log) + Math.abs(z[e]));
    }
    double bound = (ROUNDINGS + cols) * UNIT * sizes / cols;
    expected.set(row * 2, halves / cols, bound);
    expected.set(row * 2 + 1, 2 * halves / cols, 2 * bound);
  }

  private static void quantile(
      Expected expected, double level, float[] z, float[] y, int row, int cols) {
    double losses = 0;
    double sizes = 0;
    for (int e = row * cols; e < (row + 1) * cols; e++) {
      double error = (double) y[e] - z[e];
      sizes += Math.abs(error);
      losses += error > 0 ? level * error : (level - 1) * error;
    }
    // the level is rounded to a float before it is taken from 1
    double bound = ((ROUNDINGS + cols) * losses + level * sizes) * UNIT / cols;
    expected.set(row * 2, losses / cols, bound);
    expected.set(row * 2 + 1, losses / cols, bound);
  }

  /** The gradient of the mean over the rows, {@code [rows x cols]}. */
  static Expected lossGrad(Loss loss, float[] z, float[] y, int rows, int cols) {
    Expected expected = new Expected(rows * cols);
    Expected softmax = ExpectedActivations.activate(Activation.SOFTMAX, z, rows, cols);
    double n = (double) rows * cols;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        int e = i * cols + j;
        switch (loss) {
          case BinaryCrossEntropy _ -> {
            double p = 1 / (1 + Math.exp(-z[e]));
            double bound = ROUNDINGS * UNIT * (p + Math.abs(p - y[e]));
            expected.set(e, (p - y[e]) / n, bound / n);
          }
          case CategoricalCrossEntropy _ -> {
            double gap = softmax.value(e) - (y[i] == j ? 1 : 0);
            double bound = softmax.bound(e) + 4 * UNIT * Math.abs(gap);
            expected.set(e, gap / rows, bound / rows);
          }
          case Huber huber -> {
            double error = (double) z[e] - y[e];
            double gradient = Math.clamp(error, -huber.delta(), huber.delta()) / n;
            expected.set(e, gradient, 4 * UNIT * Math.abs(gradient));
          }
          case Poisson _ -> {
            double mean = Math.exp(z[e]);
            expected.set(e, (mean - y[e]) / n, ROUNDINGS * UNIT * (mean + y[e]) / n);
          }
          case Quantile quantile -> {
            double error = (double) z[e] - y[e];
            double slope = error > 0 ? 1 - quantile.level() : error < 0 ? -quantile.level() : error;
            expected.set(e, slope / n, UNIT * (4 * Math.abs(slope) + quantile.level()) / n);
          }
          case MeanSquaredError _ -> {
            double gradient = 2 * ((double) z[e] - y[e]) / n;
            expected.set(e, gradient, 4 * UNIT * Math.abs(gradient));
          }
        }
      }
    }
    return expected;
  }
}
