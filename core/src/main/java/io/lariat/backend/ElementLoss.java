package io.lariat.backend;

/**
 * A loss of each output by itself, a function of one logit {@code z} and one target {@code y}; a
 * row's is the mean over its outputs. Written in the prediction {@code p = activation(z)} where
 * that is simpler, since whoever needs a derivative mostly has it.
 */
public sealed interface ElementLoss extends Loss
    permits BinaryCrossEntropy, Huber, MeanSquaredError, Poisson, Quantile {

  /** The loss. */
  double value(double z, double y);

  /**
   * The sizes of the terms that {@link #value} adds up, a share of which rounding leaves in it.
   *
   * @param value what it gave
   */
  default double size(double value, double z, double y) {
    return value;
  }

  /** Its derivative by {@code z}, where the prediction is {@code p}. */
  double slope(double p, double y);

  /** Its second derivative by {@code z}, where the prediction is {@code p}. */
  double curvature(double p, double y);

  /** The metric. */
  double metric(double z, double y);

  /** The logit that makes the sum of the losses least. */
  double constant(double[] y);

  @Override
  default int targets(int outputs) {
    return outputs;
  }

  @Override
  default double value(double[] z, double[] y) {
    double sum = 0;
    for (int j = 0; j < z.length; j++) {
      sum += value(z[j], y[j]);
    }
    return sum / z.length;
  }

  @Override
  default double metric(double[] z, double[] y) {
    double sum = 0;
    for (int j = 0; j < z.length; j++) {
      sum += metric(z[j], y[j]);
    }
    return sum / z.length;
  }

  @Override
  default void gradient(double[] z, double[] y, double scale) {
    double each = scale / z.length;
    for (int j = 0; j < z.length; j++) {
      z[j] = slope(activation().value(z[j]), y[j]) * each;
    }
  }

  @Override
  default double[] constant(double[] y, int outputs) {
    return new double[] {constant(y)};
  }
}
