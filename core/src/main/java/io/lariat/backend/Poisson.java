package io.lariat.backend;

import java.util.Arrays;

/**
 * Half the Poisson deviance with exponential head, targets {@code y} counts or rates, the
 * prediction {@code p = exp(z)}: {@code y log(y / p) - (y - p)}, 0 where all is right; {@code p -
 * y}; {@code p}. Metric: the deviance, twice the loss. scikit-learn's {@code HalfPoissonLoss} and
 * Keras's {@code Poisson} leave out what is the same in every model, {@code y log y - y}.
 */
public record Poisson() implements ElementLoss {
  /** The mean of targets that are all 0, of which there is no logarithm. */
  private static final double LEAST_MEAN = 1e-16;

  @Override
  public String name() {
    return "poisson";
  }

  @Override
  public Activation activation() {
    return Activation.EXP;
  }

  @Override
  public double value(double z, double y) {
    double logs = y == 0 ? 0 : y * (Math.log(y) - z);
    return Math.max(logs + (Math.exp(z) - y), 0); // rounding may end below
  }

  @Override
  public double size(double value, double z, double y) {
    double logs = y == 0 ? 0 : y * (Math.abs(Math.log(y)) + Math.abs(z));
    return logs + Math.exp(z) + y;
  }

  @Override
  public double slope(double p, double y) {
    return p - y;
  }

  @Override
  public double curvature(double p, double y) {
    return p;
  }

  @Override
  public double metric(double z, double y) {
    return 2 * value(z, y);
  }

  /** The logarithm of the mean. */
  @Override
  public double constant(double[] y) {
    return Math.log(Math.max(Arrays.stream(y).sum() / y.length, LEAST_MEAN));
  }
}
