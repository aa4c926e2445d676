package io.lariat.reference;

import io.lariat.backend.Activation;

/** Activations by rows, as {@link Activation} describes them. */
final class ScalarActivations {

  private ScalarActivations() {}

  /** {@code out = f(x)}; out may be x. */
  static void activate(Activation f, View x, View out) {
    double[] row = new double[x.cols()];
    for (int i = 0; i < x.rows(); i++) {
      x.getRow(i, row);
      f.apply(row, row.length);
      out.setRow(i, row);
    }
  }

  /** {@code grad = grad * f'(v)}, where {@code v} is what {@link Activation#needs} says. */
  static void activateGrad(Activation f, View v, View grad) {
    double[] values = new double[v.cols()];
    double[] row = new double[v.cols()];
    for (int i = 0; i < v.rows(); i++) {
      v.getRow(i, values);
      grad.getRow(i, row);
      f.multiplyBySlope(values, row, row.length);
      grad.setRow(i, row);
    }
  }
}
