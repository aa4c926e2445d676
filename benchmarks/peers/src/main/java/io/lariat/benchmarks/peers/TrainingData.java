package io.lariat.benchmarks.peers;

import java.util.SplittableRandom;

/**
 * A training set of two classes, by the sign of a sum of the first features.
 *
 * @param features the length of a row
 * @param x {@code [rows x features]} row-major
 * @param y one target a row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TrainingData(int features, float[] x, float[] y) {

  private static final long SEED = 7;
  private static final int INFORMATIVE = 10;

  /** The training set of a case, the same in every process. */
  static TrainingData of(TrainingCase c) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] x = new float[c.rows() * c.features()];
    float[] y = new float[c.rows()];
    for (int i = 0; i < c.rows(); i++) {
      double sum = 0;
      for (int j = 0; j < c.features(); j++) {
        // Uniform, of variance 1: drawing normal numbers takes seconds where there are many.
        double value = random.nextDouble(-1.7320508, 1.7320508);
        x[i * c.features() + j] = (float) value;
        sum += j < INFORMATIVE ? value : 0;
      }
      y[i] = sum > 0 ? 1 : 0;
    }
    return new TrainingData(c.features(), x, y);
  }

  /** The number of rows. */
  int rows() {
    return y.length;
  }

  /** The rows that {@code order} names, in that order. */
  TrainingData inOrder(int[] order) {
    float[] newX = new float[order.length * features];
    float[] newY = new float[order.length];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(x, order[i] * features, newX, i * features, features);
      newY[i] = y[order[i]];
    }
    return new TrainingData(features, newX, newY);
  }
}
