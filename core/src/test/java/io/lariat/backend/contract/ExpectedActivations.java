package io.lariat.backend.contract;

import io.lariat.backend.Activation;

/** Activation functions and their gradients by their formulas, with error bounds. */
final class ExpectedActivations {

  /**
   * Roundings that a function of one element may make: exp, log1p, expm1 and tanh to within 2 units
   * in the last place (4 of our units), and up to four more operations around them.
   */
  static final double ROUNDINGS = 8;

  /**
   * The same for GELU: the normal distribution's tail to within 6 units in the last place (12 of
   * our units), and up to four more operations.
   */
  private static final double GELU_ROUNDINGS = 16;

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
          expected.set(e, y, valueError(f, y));
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
      case EXP -> Math.exp(x);
      case SOFTPLUS -> x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
      case GELU -> x < -100 ? 0 : x * normal(x); // not infinity times 0
      case SILU -> x < -1000 ? 0 : x * value(Activation.SIGMOID, x);
      case ELU -> x > 0 ? x : Math.expm1(x);
      case LEAKY_RELU -> x > 0 ? x : 0.2 * x;
      case SOFTMAX -> throw new IllegalArgumentException("softmax is a function of a row");
    };
  }

  /** How far from a value {@code y} one in float32 may lie. */
  static double valueError(Activation f, double y) {
    double roundings = f == Activation.GELU ? GELU_ROUNDINGS : ROUNDINGS;
    return roundings * Expected.UNIT * Math.abs(y);
  }

  /** The largest slope there is: that of GELU is 1.129, at the root of 2, that of SiLU 1.100. */
  static double steepest(Activation f) {
    return f == Activation.GELU || f == Activation.SILU ? 1.13 : 1;
  }

  /**
   * The normal distribution function: its series (Abramowitz and Stegun 1964, 26.2.11), in the tail
   * its continued fraction (26.2.14), so that neither loses digits.
   */
  private static double normal(double x) {
    double t = Math.abs(x);
    double tail;
    if (t < 2.5) {
      double term = t;
      double sum = 0;
      for (int k = 3; term > 1e-18; k += 2) {
        sum += term;
        term *= t * t / k;
      }
      tail = 0.5 - density(t) * sum;
    } else {
      double fraction = t;
      for (int k = 150; k > 0; k--) {
        fraction = t + k / fraction;
      }
      tail = density(t) / fraction;
    }
    return x < 0 ? tail : 1 - tail;
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
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
      case GELU -> normal(v) + v * density(v);
      case SILU -> sigmoid(v) + v * sigmoid(v) * sigmoid(-v);
      case ELU -> v > 0 ? 1 : v + 1;
      case LEAKY_RELU -> v > 0 ? 1 : 0.2;
      case EXP -> v;
      case SOFTMAX -> throw new IllegalArgumentException("softmax is a function of a row");
    };
  }

  /** How far from {@link #slope} a slope in float32 may lie. */
  static double slopeError(Activation f, double v) {
    double roundings =
        switch (f) {
          // y^2 is rounded before it is subtracted from 1
          case TANH -> ROUNDINGS * Math.abs(slope(f, v)) + 2 * v * v;
          // the terms, which may cancel: 1 for positive v, the tail and what the density gives
          case GELU ->
              GELU_ROUNDINGS * ((v < 0 ? 0 : 1) + normal(-Math.abs(v)) + Math.abs(v) * density(v));
          case SILU -> {
            double tail = sigmoid(-Math.abs(v));
            yield ROUNDINGS * ((v < 0 ? 0 : 1) + tail + Math.abs(v) * tail * (1 - tail));
          }
          default -> ROUNDINGS * Math.abs(slope(f, v));
        };
    return Expected.UNIT * roundings;
  }

  private static double sigmoid(double x) {
    return value(Activation.SIGMOID, x);
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
