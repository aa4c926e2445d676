package io.lariat.optimality;

import io.lariat.backend.Activation;

/** Hidden activations and their derivatives in double; {@link Activation} has the formulas. */
public final class Activations {
  private Activations() {}

  /** {@code x = f(x)} for the first {@code rows} values. */
  static void apply(Activation f, double[] x, int rows) {
    switch (f) {
      case IDENTITY -> {}
      case RELU -> {
        for (int r = 0; r < rows; r++) {
          x[r] = Math.max(x[r], 0);
        }
      }
      case SIGMOID -> {
        for (int r = 0; r < rows; r++) {
          x[r] = sigmoid(x[r]);
        }
      }
      case TANH -> {
        for (int r = 0; r < rows; r++) {
          x[r] = Math.tanh(x[r]);
        }
      }
      case SOFTPLUS -> {
        for (int r = 0; r < rows; r++) {
          x[r] = softplus(x[r]);
        }
      }
      case SOFTMAX -> throw new IllegalArgumentException("softmax is no hidden activation");
    }
  }

  /** {@code delta = delta * f'}, where {@code y} is the activation's output. */
  static void multiplyByDerivative(Activation f, double[] y, double[] delta, int rows) {
    switch (f) {
      case IDENTITY -> {}
      case RELU -> {
        for (int r = 0; r < rows; r++) {
          delta[r] = y[r] > 0 ? delta[r] : 0;
        }
      }
      case SIGMOID -> {
        for (int r = 0; r < rows; r++) {
          delta[r] *= y[r] * (1 - y[r]);
        }
      }
      case TANH -> {
        for (int r = 0; r < rows; r++) {
          delta[r] *= 1 - y[r] * y[r];
        }
      }
      case SOFTPLUS -> {
        for (int r = 0; r < rows; r++) {
          delta[r] *= -Math.expm1(-y[r]);
        }
      }
      case SOFTMAX -> throw new IllegalArgumentException("softmax is no hidden activation");
    }
  }

  /** {@code 1 / (1 + exp(-x))}; exp overflows to infinity, which gives the right 0. */
  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /**
   * {@code log(1 + exp(x))} without overflow. {@code log(1 + e)} is computed as {@code log(u) e /
   * (u - 1)} with {@code u = 1 + e}, which is as accurate as the logarithm (Goldberg 1991, theorem
   * 4) and many times faster than Java's {@code log1p}.
   */
  public static double softplus(double x) {
    double e = Math.exp(-Math.abs(x));
    double u = 1 + e;
    return Math.max(x, 0) + (u == 1 ? e : Math.log(u) * e / (u - 1));
  }
}
