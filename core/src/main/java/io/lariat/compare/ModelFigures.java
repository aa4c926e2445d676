package io.lariat.compare;

import io.lariat.model.Model;
import java.util.Arrays;

/** What is sparse in a model, and how fast it predicts. */
final class ModelFigures {
  private static final int TIMED_ROWS = 200;
  private static final int TIMED_ROUNDS = 25;

  private ModelFigures() {}

  /** The share of kernel weights that are exactly zero. */
  static double zeroShare(Model model) {
    return (double) model.weights().zeros() / model.weights().layout().kernels();
  }

  /** How many features have a weight that is not zero. */
  static int used(Model model) {
    int used = 0;
    for (int j = 0; j < model.features(); j++) {
      used += model.weights().usesInput(j) ? 1 : 0;
    }
    return used;
  }

  /** The median over rounds of the time to predict a row, one at a time. */
  static double microseconds(Model model) {
    float[] row = new float[model.features()];
    float[] out = new float[model.outputs()];
    double[] rounds = new double[TIMED_ROUNDS];
    for (int r = 0; r < rounds.length; r++) {
      long start = System.nanoTime();
      for (int i = 0; i < TIMED_ROWS; i++) {
        Arrays.fill(row, (i - TIMED_ROWS / 2) / (float) TIMED_ROWS); // its values do not matter
        model.predict(row, 1, out);
      }
      rounds[r] = (System.nanoTime() - start) * 1e-3 / TIMED_ROWS;
    }
    Arrays.sort(rounds);
    return rounds[TIMED_ROUNDS / 2];
  }
}
