package io.lariat.backend;

/**
 * Binary cross-entropy with sigmoid head, targets {@code y} in {0, 1}: {@code softplus(z) - z y}
 * (computed as {@code max(z, 0) - z y + softplus(-|z|)}), which is {@code -y log p - (1 - y) log(1
 * - p)}; {@code p - y}; {@code p (1 - p)}. Metric: accuracy, {@code z > 0} against {@code y > 0.5}.
 */
public record BinaryCrossEntropy() implements ElementLoss {
  /** Below this a class's share is nothing beside the other's. */
  private static final double LEAST_SHARE = 1e-16;

  @Override
  public String name() {
    return "binary_crossentropy";
  }

  @Override
  public Activation activation() {
    return Activation.SIGMOID;
  }

  @Override
  public double value(double z, double y) {
    // a right answer is all rest, which a difference of large numbers would lose
    return Math.max(z, 0) - z * y + Activation.SOFTPLUS.value(-Math.abs(z));
  }

  @Override
  public double slope(double p, double y) {
    return p - y;
  }

  @Override
  public double curvature(double p, double y) {
    return p * (1 - p);
  }

  @Override
  public double metric(double z, double y) {
    return (z > 0) == (y > 0.5) ? 1 : 0;
  }

  /** The log odds; a class without rows gets the share that rounding leaves of none. */
  @Override
  public double constant(double[] y) {
    double[] shares = CategoricalCrossEntropy.shares(y, 2);
    return logShare(shares[1]) - logShare(shares[0]);
  }

  /** The logarithm of a class's share of the rows, as far as double has it. */
  static double logShare(double share) {
    return Math.log(Math.max(share, LEAST_SHARE));
  }
}
