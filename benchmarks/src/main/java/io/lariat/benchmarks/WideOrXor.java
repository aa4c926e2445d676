package io.lariat.benchmarks;

import io.lariat.data.Dataset;
import io.lariat.data.Task;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Data of which the first columns matter and are many times outnumbered by noise. */
enum WideOrXor {
  /**
   * 400 rows, 2000 standard normal columns, 10 of which matter, two by their product only: {@code y
   * = 2 x0 - 2 x1 + 1.5 x2 + 3 x3 x4 + 2 |x5| + 1.5 x6^2 + 2 max(x7, 0) + 2 tanh(2 x8) + 2 sin(1.5
   * x9) + N(0, 1)}.
   */
  WIDE(400, 2000, 10),

  /** The same with 250 rows. */
  SHORT(250, 2000, 10),

  /**
   * As Madelon (Guyon 2003): 2000 rows, two classes; 32 clusters around the corners of a cube of 5
   * dimensions, 16 of each class at random; those 5 columns, 15 random linear combinations of them
   * and 480 columns of noise. One label in a hundred is wrong.
   */
  MADELON(2000, 500, 20),

  /** The same, but a corner's class is the parity of its coordinates: nothing of lower order. */
  PARITY(2000, 500, 20);

  private static final int DIMENSIONS = 5;

  /** From the center of the cube to its sides, in deviations of a cluster. */
  private static final double SIDE = 2;

  final int rows;
  final int columns;
  final int relevant;

  WideOrXor(int rows, int columns, int relevant) {
    this.rows = rows;
    this.columns = columns;
    this.relevant = relevant;
  }

  /** The data of one run. */
  Dataset draw(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
    }
    double[] y = new double[rows];
    if (this == WIDE || this == SHORT) {
      for (int i = 0; i < rows; i++) {
        y[i] = smooth(x[i]) + random.nextGaussian();
      }
      return Dataset.of(x, y, Task.REGRESSION);
    }
    int[] classOf = corners(random);
    double[][] combinations = new double[relevant - DIMENSIONS][DIMENSIONS];
    for (double[] combination : combinations) {
      for (int k = 0; k < DIMENSIONS; k++) {
        combination[k] = random.nextGaussian();
      }
    }
    for (int i = 0; i < rows; i++) {
      int corner = random.nextInt(1 << DIMENSIONS);
      y[i] = random.nextDouble() < 0.01 ? 1 - classOf[corner] : classOf[corner];
      for (int k = 0; k < DIMENSIONS; k++) {
        x[i][k] += (corner >> k & 1) == 1 ? SIDE : -SIDE;
      }
      for (int c = 0; c < combinations.length; c++) {
        x[i][DIMENSIONS + c] = 0;
        for (int k = 0; k < DIMENSIONS; k++) {
          x[i][DIMENSIONS + c] += combinations[c][k] * x[i][k];
        }
      }
    }
    return Dataset.of(x, y, Task.BINARY);
  }

  private static double smooth(double[] x) {
    return 2 * x[0]
        - 2 * x[1]
        + 1.5 * x[2]
        + 3 * x[3] * x[4]
        + 2 * Math.abs(x[5])
        + 1.5 * x[6] * x[6]
        + 2 * Math.max(x[7], 0)
        + 2 * Math.tanh(2 * x[8])
        + 2 * Math.sin(1.5 * x[9]);
  }

  private int[] corners(RandomGenerator random) {
    int[] classOf = new int[1 << DIMENSIONS];
    for (int c = 0; c < classOf.length; c++) {
      classOf[c] = this == PARITY ? Integer.bitCount(c) % 2 : c % 2;
    }
    for (int c = classOf.length - 1; c > 0 && this == MADELON; c--) {
      int other = random.nextInt(c + 1);
      int swap = classOf[c];
      classOf[c] = classOf[other];
      classOf[other] = swap;
    }
    return classOf;
  }
}
