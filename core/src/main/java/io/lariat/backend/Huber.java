package io.lariat.backend;

import java.util.Arrays;

/**
 * Huber's loss with identity head (Huber 1964, equation 2.2; Keras's {@code Huber}): squares up to
 * an error of {@code delta}, its absolute value beyond, {@code r = z - y}: {@code r^2 / 2} or
 * {@code delta (|r| - delta / 2)}; {@code r} clipped to {@code delta}; {@code 1} or {@code 0}.
 * Metric: the absolute error {@code |z - y|}.
 *
 * @param delta positive and finite, in units of the target as it is trained on: of deviations where
 *     that is standardised
 */
public record Huber(double delta) implements ElementLoss {

  /** Checks the number. */
  public Huber {
    if (!(delta >= Float.MIN_NORMAL && delta <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "huber: expected a delta above 0 that is a float, found " + delta);
    }
  }

  @Override
  public String name() {
    return "huber";
  }

  @Override
  public double parameter() {
    return delta;
  }

  @Override
  public Loss with(double parameter) {
    return new Huber(parameter);
  }

  @Override
  public Loss inUnits(double units) {
    return new Huber(delta * units);
  }

  @Override
  public Activation activation() {
    return Activation.IDENTITY;
  }

  @Override
  public double value(double z, double y) {
    double size = Math.abs(z - y);
    return size <= delta ? size * size / 2 : delta * (size - delta / 2);
  }

  @Override
  public double slope(double p, double y) {
    double error = p - y;
    return Math.abs(error) > delta ? Math.copySign(delta, error) : error; // keeps NaN
  }

  @Override
  public double curvature(double p, double y) {
    return Math.abs(p - y) <= delta ? 1 : 0;
  }

  @Override
  public double metric(double z, double y) {
    return Math.abs(z - y);
  }

  /** Where the slopes' sum changes its sign: halved between the targets until doubles end. */
  @Override
  public double constant(double[] y) {
    double low = Arrays.stream(y).min().orElseThrow();
    double high = Arrays.stream(y).max().orElseThrow();
    while (true) {
      double middle = low + (high - low) / 2;
      if (!(low < middle && middle < high)) {
        return middle;
      }
      double sum = 0;
      for (double target : y) {
        sum += slope(middle, target);
      }
      if (sum > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
  }
}
