package io.lariat.backend.contract;

import io.lariat.backend.Activation;

/** Activation functions and their gradients by their formulas, with error bounds. */
final class ExpectedActivations {

  /**
   * Roundings that a function of one element may make: exp, log1p, expm1 and tanh to within 2 units
   * in the last place (4 of our units), and up to four more operations around them.
   */
  static final double ROUNDINGS = 8;

  private ExpectedActivations() {}

  static Expected activate(Activation f, float[] x, int rows, int cols) {
    Expected expected = new Expected(rows * cols);
    for (int i = 0; i < rows; i++) {
      if (f == Activation.SOFTMAX) {
        softmaxRow(expected, x, i, cols);
        continue;
      }
      for (int e = i * cols; e < (i + 1) * cols; e++) {
        double y = value(f, x[e]);
        if (isExact(f)) {
          expected.exact(e, y);
        } else {
          expected.set(e, y, ROUNDINGS * Expected.UNIT * Math.abs(y));
        }
      }
    }
    return expected;
  }

  /** An element's activation in double, by the textbook formula. */
  static double value(Activation f, double x) {
    return switch (f) {
      case IDENTITY -> x;
      case RELU -> Double.isNaN(x) || x > 0 ? x : 0;
      case SIGMOID -> x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
      case TANH -> Math.tanh(x);
      case SOFTPLUS -> x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
      case SOFTMAX -> throw new IllegalArgumentException("softmax is a function of a row");
    };
  }

  /**
   * A row's softmax. Rounding {@code x_j - max} to float changes {@code exp} of it by that many
   * units, relatively; the sum has {@code cols} terms.
   */
  private static void softmaxRow(Expected expected, float[] x, int row, int cols) {
    int from = row * cols;
    double[] p = softmax(x, from, cols);
    double max = max(x, from, cols);
    double meanDistance = 0;
    for (int j = 0; j < cols; j++) {
      meanDistance += p[j] == 0 ? 0 : p[j] * (max - x[from + j]);
    }
    for (int j = 0; j < cols; j++) {
      double distance = p[j] == 0 ? 0 : max - x[from + j];
      double roundings = 2 * (ROUNDINGS + cols + distance + meanDistance);
      expected.set(from + j, p[j], roundings * Expected.UNIT * p[j]);
    }
  }

  /** The softmax of {@code cols} elements from {@code from} on. */
  static double[] softmax(float[] x, int from, int cols) {
    double max = max(x, from, cols);
    double[] p = new double[cols];
    double sum = 0;
    for (int j = 0; j < cols; j++) {
      p[j] = Math.exp(x[from + j] - max);
      sum += p[j];
    }
    for (int j = 0; j < cols; j++) {
      p[j] /= sum;
    }
    return p;
  }

  static double max(float[] x, int from, int cols) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < cols; j++) {
      max = Math.max(max, x[from + j]);
    }
    return max;
  }

  /** Whether a float holds the activation of a float, and its gradient. */
  private static boolean isExact(Activation f) {
    return f == Activation.IDENTITY || f == Activation.RELU;
  }

  /** What the gradient at {@code x} is a function of: {@code x}, or its activation as a float. */
  static float[] arguments(Activation f, float[] x, int rows, int cols) {
    if (f.needs() == Activation.Argument.INPUT) {
      return x;
    }
    Expected outputs = activate(f, x, rows, cols);
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) outputs.value(i);
    }
    return y;
  }

  /** {@code grad * f'(v)} where {@code v} are {@link #arguments}. */
  static Expected activateGrad(Activation f, float[] v, float[] grad, int rows, int cols) {
    Expected expected = new Expected(rows * cols);
    for (int i = 0; i < rows; i++) {
      if (f == Activation.SOFTMAX) {
        softmaxGradRow(expected, v, grad, i, cols);
        continue;
      }
      for (int e = i * cols; e < (i + 1) * cols; e++) {
        double slope = slope(f, v[e]);
        if (isExact(f)) {
          expected.exact(e, grad[e] * slope);
        } else {
          expected.set(e, grad[e] * slope, slopeError(f, v[e]) * Math.abs(grad[e]));
        }
      }
    }
    return expected;
  }

  /** {@code f'} as a function of what it needs, by the textbook formula. */
  static double slope(Activation f, double v) {
    return switch (f) {
      case IDENTITY -> 1;
      case RELU -> v > 0 ? 1 : 0;
      case SIGMOID -> v * (1 - v);
      case TANH -> (1 - v) * (1 + v);
      case SOFTPLUS -> -Math.expm1(-v);
      case SOFTMAX -> throw new IllegalArgumentException("softmax is a function of a row");
    };
  }

  /** How far from {@link #slope} a slope in float32 may lie. */
  static double slopeError(Activation f, double v) {
    // tanh: y^2 is rounded before it is subtracted from 1
    double ofTerms = f == Activation.TANH ? 2 * v * v : 0;
    return Expected.UNIT * (ROUNDINGS * Math.abs(slope(f, v)) + ofTerms);
  }

  private static void softmaxGradRow(
      Expected expected, float[] y, float[] grad, int row, int cols) {
    int from = row * cols;
    double mean = 0;
    double sizes = 0;
    for (int e = from; e < from + cols; e++) {
      mean += (double) y[e] * grad[e];
      sizes += Math.abs((double) y[e] * grad[e]);
    }
    for (int e = from; e < from + cols; e++) {
      double terms = 4 * Math.abs(grad[e]) + 2 * (cols + 4) * sizes;
      expected.set(e, y[e] * (grad[e] - mean), Expected.UNIT * y[e] * terms);
    }
  }
}
