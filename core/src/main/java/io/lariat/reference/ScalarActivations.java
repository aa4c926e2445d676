package io.lariat.reference;

import io.lariat.backend.Activation;

/** The activation functions and their gradients; {@link Activation} has the formulas. */
final class ScalarActivations {

  private ScalarActivations() {}

  /** {@code out = f(x)}; out may be x. */
  static void activate(Activation f, View x, View out) {
    if (f == Activation.SOFTMAX) {
      softmax(x, out);
      return;
    }
    for (int e = 0; e < x.size(); e++) {
      out.set(e, value(f, x.at(e)));
    }
  }

  /** {@code grad = grad * f'}, where {@code y} is the activation's output. */
  static void activateGrad(Activation f, View y, View grad) {
    if (f == Activation.SOFTMAX) {
      softmaxGrad(y, grad);
      return;
    }
    for (int e = 0; e < y.size(); e++) {
      grad.set(e, grad.at(e) * derivative(f, y.at(e)));
    }
  }

  private static double value(Activation f, double x) {
    return switch (f) {
      case IDENTITY -> x;
      case RELU -> Math.max(x, 0); // unlike a comparison, max keeps NaN
      case SIGMOID -> sigmoid(x);
      case TANH -> Math.tanh(x);
      case SOFTPLUS -> softplus(x);
      case SOFTMAX -> throw new IllegalArgumentException("softmax is a function of a whole row");
    };
  }

  private static double derivative(Activation f, double y) {
    return switch (f) {
      case IDENTITY -> 1;
      case RELU -> y > 0 ? 1 : 0;
      case SIGMOID -> y * (1 - y);
      case TANH -> 1 - y * y;
      case SOFTPLUS -> -Math.expm1(-y);
      case SOFTMAX -> throw new IllegalArgumentException("softmax is a function of a whole row");
    };
  }

  /** {@code 1 / (1 + exp(-x))}; in double exp overflows to infinity, which gives the right 0. */
  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** {@code log(1 + exp(x))} without overflow. */
  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** The largest element of row {@code i}; NaN if one is NaN. */
  static double max(View x, int i) {
    double max = x.at(i, 0);
    for (int j = 1; j < x.cols(); j++) {
      max = Math.max(max, x.at(i, j));
    }
    return max;
  }

  /** {@code sum_k exp(x_k - max)} over row {@code i}. */
  static double sumExp(View x, int i, double max) {
    double sum = 0;
    for (int j = 0; j < x.cols(); j++) {
      sum += Math.exp(x.at(i, j) - max);
    }
    return sum;
  }

  private static void softmax(View x, View out) {
    for (int i = 0; i < x.rows(); i++) {
      double max = max(x, i);
      double sum = sumExp(x, i, max);
      for (int j = 0; j < x.cols(); j++) {
        out.set(i, j, Math.exp(x.at(i, j) - max) / sum);
      }
    }
  }

  private static void softmaxGrad(View y, View grad) {
    for (int i = 0; i < y.rows(); i++) {
      double mean = 0;
      for (int j = 0; j < y.cols(); j++) {
        mean += grad.at(i, j) * y.at(i, j);
      }
      for (int j = 0; j < y.cols(); j++) {
        grad.set(i, j, y.at(i, j) * (grad.at(i, j) - mean));
      }
    }
  }
}
