package io.lariat.train;

import io.lariat.data.Dataset;
import io.lariat.data.Task;
import java.util.SplittableRandom;

/** Small data sets whose rule is known. */
final class Synthetic {

  private Synthetic() {}

  /** Two classes by the sign of x0 + x1; {@code features - 2} features are noise. */
  static Dataset binary(int rows, int features, long seed) {
    float[][] x = gaussian(rows, features, seed);
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = x[i][0] + x[i][1] > 0 ? 1 : 0;
    }
    return Dataset.of(x, y, Task.BINARY);
  }

  /** Three classes by which of the first three features is the largest. */
  static Dataset multiclass(int rows, int features, long seed) {
    float[][] x = gaussian(rows, features, seed);
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = x[i][0] > x[i][1] && x[i][0] > x[i][2] ? 0 : x[i][1] > x[i][2] ? 1 : 2;
    }
    return Dataset.of(x, y, Task.MULTICLASS);
  }

  /** {@code y = 200 + 50 (x0 - 2 x1)}, far from standardised. */
  static Dataset regression(int rows, int features, long seed) {
    float[][] x = gaussian(rows, features, seed);
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = 200 + 50 * (x[i][0] - 2 * x[i][1]);
    }
    return Dataset.of(x, y, Task.REGRESSION);
  }

  static float[][] gaussian(int rows, int features, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] x = new float[rows][features];
    for (float[] row : x) {
      for (int j = 0; j < features; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return x;
  }
}
