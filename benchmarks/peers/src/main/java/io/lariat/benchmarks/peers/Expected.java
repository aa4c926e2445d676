package io.lariat.benchmarks.peers;

import java.util.Locale;

/** What engines are held against before they are timed. */
final class Expected {

  /**
   * Losses may differ by this share of their value: ten times what rounding makes of them within
   * the steps that are verified.
   */
  static final double LOSS_TOLERANCE = 1e-3;

  /** Probabilities may differ by this: sums of 784 products in single precision. */
  static final double PROBABILITY_TOLERANCE = 1e-5;

  private Expected() {}

  /**
   * Holds losses against those of Lariat's reference backend.
   *
   * @return the largest relative deviation
   * @throws VerificationException if one is above {@link #LOSS_TOLERANCE}
   */
  static double verifyLosses(double[] found, double[] expected) {
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      double deviation = Math.abs(found[i] - expected[i]) / Math.abs(expected[i]);
      if (!(deviation <= LOSS_TOLERANCE)) {
        throw new VerificationException(
            String.format(
                Locale.ROOT,
                "the loss of step %d is %s, not %s as the reference has it",
                i + 1,
                found[i],
                expected[i]));
      }
      worst = Math.max(worst, deviation);
    }
    return worst;
  }

  /**
   * Holds predictions against a computation in double.
   *
   * @return the largest absolute deviation
   * @throws VerificationException if one is above {@link #PROBABILITY_TOLERANCE}
   */
  static double verifyProbabilities(float[] found, PredictionCase c) {
    InitialWeights weights = InitialWeights.of(c.likeTraining());
    float[] rows = TrainingData.of(c.likeTraining()).x();
    double worst = 0;
    for (int i = 0; i < c.batch(); i++) {
      double[] values = new double[c.features()];
      for (int j = 0; j < values.length; j++) {
        values[j] = rows[i * values.length + j];
      }
      for (int layer = 0; layer < 3; layer++) {
        values = dense(values, weights, layer);
      }
      double expected = 1 / (1 + Math.exp(-values[0]));
      double deviation = Math.abs(found[i] - expected);
      if (!(deviation <= PROBABILITY_TOLERANCE)) {
        throw new VerificationException(
            String.format(
                Locale.ROOT, "the prediction for row %d is %s, not %s", i, found[i], expected));
      }
      worst = Math.max(worst, deviation);
    }
    return worst;
  }

  private static double[] dense(double[] in, InitialWeights weights, int layer) {
    double[] out = new double[weights.out(layer)];
    for (int j = 0; j < out.length; j++) {
      double sum = weights.biases()[layer][j];
      for (int i = 0; i < in.length; i++) {
        sum += in[i] * weights.kernels()[layer][i * out.length + j];
      }
      out[j] = layer < 2 ? Math.max(sum, 0) : sum;
    }
    return out;
  }
}
