package io.lariat.benchmarks;

import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Penalty.l1;

import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Network;
import java.util.SplittableRandom;

/** The study's network in other sizes, data to train it on, and the arithmetic that this takes. */
final class StudyData {
  private StudyData() {}

  /** {@code features - width relu - width/2 relu - 1 sigmoid}, L1 0.001 on the first two. */
  static Network network(int features, int width) {
    return Network.of(features)
        .dense(width, RELU, l1(0.001))
        .dense(width / 2, RELU, l1(0.001))
        .dense(1, SIGMOID);
  }

  /** Two classes by the sign of a sum of the first features. */
  static Dataset planted(int rows, int features) {
    SplittableRandom random = new SplittableRandom(7);
    float[] x = new float[Math.multiplyExact(rows, features)];
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = 0; j < features; j++) {
        x[i * features + j] = (float) random.nextGaussian();
        sum += j < 10 ? x[i * features + j] : 0;
      }
      y[i] = sum > 0 ? 1 : 0;
    }
    return Dataset.of(x, features, y, Task.BINARY);
  }

  /**
   * Multiplications and additions to train on {@code rows} rows once: forward and weight gradient
   * of every layer, input gradient of all but the first.
   */
  static double flops(long rows, int features, int width) {
    int half = width / 2;
    double first = (double) features * width;
    double rest = (double) width * half + half;
    return 2.0 * rows * (2 * first + 3 * rest);
  }
}
