package io.lariat.backend.contract;

import io.lariat.backend.Activation;
import io.lariat.backend.Product;

/** A whole layer, forward and backward: the error of a product carried through an activation. */
final class ExpectedLayers {
  private static final double UNIT = Expected.UNIT;
  private static final double ROUNDINGS = ExpectedActivations.ROUNDINGS;

  private ExpectedLayers() {}

  /** {@code f(x w + bias)}, {@code x [m x k]}, {@code w [k x n]}. */
  static Expected dense(Activation f, float[] x, float[] w, float[] bias, int m, int k, int n) {
    Expected product = ExpectedProducts.matmul(Product.AB, x, w, m, k, n);
    double[] z = new double[m * n];
    double[] error = new double[m * n];
    for (int e = 0; e < m * n; e++) {
      double b = bias[e % n];
      z[e] = product.value(e) + b;
      error[e] = product.bound(e) + 2 * UNIT * (Math.abs(product.value(e)) + Math.abs(b));
    }
    Expected expected = new Expected(m * n);
    for (int i = 0; i < m; i++) {
      if (f == Activation.SOFTMAX) {
        softmaxRow(expected, z, error, i * n, n);
        continue;
      }
      for (int e = i * n; e < (i + 1) * n; e++) {
        double y = ExpectedActivations.value(f, z[e]);
        double ofInput = ExpectedActivations.steepest(f) * error[e];
        expected.set(e, y, ofInput + ExpectedActivations.valueError(f, y));
      }
    }
    return expected;
  }

  private static void softmaxRow(
      Expected expected, double[] z, double[] error, int from, int cols) {
    double max = Double.NEGATIVE_INFINITY;
    double worst = 0;
    double spread = 0;
    for (int e = from; e < from + cols; e++) {
      max = Math.max(max, z[e]);
      worst = Math.max(worst, error[e]);
    }
    double sum = 0;
    for (int e = from; e < from + cols; e++) {
      sum += Math.exp(z[e] - max);
      spread = Math.max(spread, max - z[e]);
    }
    for (int e = from; e < from + cols; e++) {
      double p = Math.exp(z[e] - max) / sum;
      // errors of logits up to `worst` change p by up to exp(2 worst) - 1, relatively
      double relative = Math.expm1(2 * worst) + 2 * UNIT * (ROUNDINGS + cols + 2 * spread);
      expected.set(e, p, p * relative);
    }
  }

  /**
   * {@code (grad w') * f'(v)}, {@code grad [m x k]}, {@code w [n x k]}, {@code v [m x n]} what the
   * activation of the layer below needs.
   */
  static Expected inputGrad(Activation f, float[] grad, float[] w, float[] v, int m, int k, int n) {
    Expected product = ExpectedProducts.matmul(Product.ABT, grad, w, m, k, n);
    Expected expected = new Expected(m * n);
    for (int e = 0; e < m * n; e++) {
      double gradient = product.value(e);
      double error = product.bound(e);
      if (f == Activation.SOFTMAX) {
        int row = e / n * n;
        double mean = 0;
        double meanError = 0;
        for (int j = row; j < row + n; j++) {
          mean += product.value(j) * v[j];
          meanError += (product.bound(j) + 2 * (n + 4) * UNIT * Math.abs(product.value(j))) * v[j];
        }
        double terms = error + meanError + 4 * UNIT * Math.abs(gradient);
        expected.set(e, v[e] * (gradient - mean), v[e] * terms);
        continue;
      }
      double slope = ExpectedActivations.slope(f, v[e]);
      double ofSlope = ExpectedActivations.slopeError(f, v[e]);
      expected.set(e, gradient * slope, error * Math.abs(slope) + ofSlope * Math.abs(gradient));
    }
    return expected;
  }
}
