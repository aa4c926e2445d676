package io.lariat.backend;

/**
 * Cross-entropy with softmax head, the target {@code y} the class's number: {@code log sum_k
 * exp(z_k) - z_y}; {@code p - onehot(y)}. Metric: accuracy, the first largest logit against {@code
 * y}. A target that is no class has a loss of NaN.
 */
public record CategoricalCrossEntropy() implements Loss {

  @Override
  public String name() {
    return "categorical_crossentropy";
  }

  @Override
  public Activation activation() {
    return Activation.SOFTMAX;
  }

  @Override
  public int targets(int outputs) {
    return 1;
  }

  @Override
  public double value(double[] z, double[] y) {
    return value(z, y[0]);
  }

  /** The loss of a row of class {@code y}. */
  public double value(double[] z, double y) {
    double max = max(z);
    double target = Double.NaN; // what a class outside the columns gives: never a plausible loss
    double sum = 0;
    for (int k = 0; k < z.length; k++) {
      sum += Math.exp(z[k] - max);
      if (k == y) {
        target = z[k];
      }
    }
    return max - target + Math.log(sum);
  }

  @Override
  public double metric(double[] z, double[] y) {
    return metric(z, y[0]);
  }

  /** The metric of a row of class {@code y}. */
  public double metric(double[] z, double y) {
    double max = max(z);
    for (int k = 0; k < z.length; k++) {
      if (z[k] == max) {
        return k == y ? 1 : 0;
      }
    }
    return 0; // NaN
  }

  @Override
  public void gradient(double[] z, double[] y, double scale) {
    gradient(z, y[0], scale);
  }

  /** The gradient of {@code scale} times the loss of a row of class {@code y}, in its place. */
  public void gradient(double[] z, double y, double scale) {
    activation().apply(z, z.length);
    for (int k = 0; k < z.length; k++) {
      z[k] = slope(k, z[k], y) * scale;
    }
  }

  /** The derivative by the logit of class {@code k}, where its probability is {@code pk}. */
  public double slope(int k, double pk, double y) {
    return pk - (k == y ? 1 : 0);
  }

  /**
   * The second derivative by the logits of classes {@code k} and {@code l}, where their
   * probabilities are {@code pk} and {@code pl}.
   */
  public double curvature(int k, double pk, int l, double pl) {
    return k == l ? pk * (1 - pk) : -pk * pl;
  }

  /** The logarithm of each class's share; one without rows gets what rounding leaves of none. */
  @Override
  public double[] constant(double[] y, int outputs) {
    double[] shares = shares(y, outputs);
    for (int k = 0; k < outputs; k++) {
      shares[k] = BinaryCrossEntropy.logShare(shares[k]);
    }
    return shares;
  }

  static double[] shares(double[] y, int classes) {
    double[] shares = new double[classes];
    for (double label : y) {
      shares[(int) label] += 1.0 / y.length;
    }
    return shares;
  }

  /** The largest; NaN if one is NaN. */
  private static double max(double[] z) {
    double max = z[0];
    for (int k = 1; k < z.length; k++) {
      max = Math.max(max, z[k]);
    }
    return max;
  }
}
