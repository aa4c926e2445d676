package io.lariat.backend;

import java.util.Arrays;

/**
 * The pinball loss with identity head, whose least mean is at the {@code level} quantile of the
 * targets (Koenker and Bassett 1978; scikit-learn's {@code PinballLoss}): {@code level (y - z)}
 * below the target, {@code (1 - level) (z - y)} above; slope {@code -level}, {@code 1 - level}, and
 * 0 where they meet; no curvature. Metric: the loss itself.
 *
 * @param level in (0, 1)
 */
public record Quantile(double level) implements ElementLoss {

  /** Checks the number. */
  public Quantile {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "quantile: expected a level above 0 and below 1, found " + level);
    }
  }

  @Override
  public String name() {
    return "quantile";
  }

  @Override
  public double parameter() {
    return level;
  }

  @Override
  public Loss with(double parameter) {
    return new Quantile(parameter);
  }

  @Override
  public double growth(double units) {
    return units;
  }

  @Override
  public boolean hasKink() {
    return true;
  }

  @Override
  public Activation activation() {
    return Activation.IDENTITY;
  }

  @Override
  public double value(double z, double y) {
    double error = z - y;
    return Math.max((1 - level) * error, -level * error);
  }

  @Override
  public double slope(double p, double y) {
    double error = p - y;
    return error > 0 ? 1 - level : error < 0 ? -level : error; // keeps NaN
  }

  @Override
  public double curvature(double p, double y) {
    return 0;
  }

  @Override
  public double metric(double z, double y) {
    return value(z, y);
  }

  /** The quantile: the least target that is not below a share of {@code level} of them. */
  @Override
  public double constant(double[] y) {
    double[] sorted = y.clone();
    Arrays.sort(sorted);
    int below = (int) Math.ceil(level * sorted.length) - 1;
    return sorted[Math.max(below, 0)];
  }
}
