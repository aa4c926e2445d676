package io.lariat.benchmarks;

import io.lariat.data.Dataset;
import io.lariat.data.Task;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Regression data of which the first {@code relevant} of {@code columns} columns matter: {@code y =
 * sum over pairs of 10 |x_a - x_b| + noise N(0, 1)}, with standard normal columns of which any two
 * have the given correlation.
 *
 * @param rows n
 * @param columns p
 * @param relevant s, even
 * @param noise the noise's deviation
 * @param correlation of any two columns
 */
record PlantedSupport(int rows, int columns, int relevant, double noise, double correlation) {

  /** The published setting: 500 rows of 50 independent columns, noise 1. */
  static PlantedSupport published(int relevant) {
    return new PlantedSupport(500, 50, relevant, 1, 0);
  }

  /** The data of one run. */
  Dataset draw(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    double[][] x = new double[rows][columns];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      double common = Math.sqrt(correlation) * random.nextGaussian();
      for (int j = 0; j < columns; j++) {
        x[i][j] = common + Math.sqrt(1 - correlation) * random.nextGaussian();
      }
      y[i] = noise * random.nextGaussian();
      for (int k = 0; k < relevant; k += 2) {
        y[i] += 10 * Math.abs(x[i][k] - x[i][k + 1]);
      }
    }
    return Dataset.of(x, y, Task.REGRESSION);
  }
}
