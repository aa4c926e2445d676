package io.lariat.backend;

import java.util.Arrays;

/**
 * Squared error with identity head: {@code (z - y)^2}; {@code 2 (z - y)}; {@code 2}. Metric: the
 * absolute error {@code |z - y|}.
 */
public record MeanSquaredError() implements ElementLoss {

  @Override
  public String name() {
    return "mean_squared_error";
  }

  @Override
  public Activation activation() {
    return Activation.IDENTITY;
  }

  @Override
  public double value(double z, double y) {
    return (z - y) * (z - y);
  }

  @Override
  public double slope(double p, double y) {
    return 2 * (p - y);
  }

  @Override
  public double curvature(double p, double y) {
    return 2;
  }

  @Override
  public double metric(double z, double y) {
    return Math.abs(z - y);
  }

  /** The mean. */
  @Override
  public double constant(double[] y) {
    return Arrays.stream(y).sum() / y.length;
  }
}
