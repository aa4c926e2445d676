package io.lariat.numeric;

import java.util.random.RandomGenerator;

/** Rows in an order drawn at random (Fisher and Yates 1938). */
public final class Permutation {
  private Permutation() {}

  /** Shuffles the rows of {@code columns}, {@code [column][row]}, all in the same way. */
  public static void shuffle(double[][] columns, RandomGenerator random) {
    for (int i = columns[0].length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      for (double[] column : columns) {
        double swap = column[i];
        column[i] = column[j];
        column[j] = swap;
      }
    }
  }

  /** Shuffles {@code order}. */
  public static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }
}
