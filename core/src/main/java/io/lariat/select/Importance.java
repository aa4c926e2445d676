package io.lariat.select;

import io.lariat.numeric.Permutation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** How much a fitted network needs each of its groups: permutation importance (Breiman 2001). */
final class Importance {
  private static final int PERMUTATIONS = 5;

  private Importance() {}

  /**
   * For each group of {@code support} how much the mean loss of the rows rises when the group's
   * values are permuted among them, the mean over permutations.
   */
  static double[] of(SupportNetwork support, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    SelectionData data = support.data;
    GroupNetwork network = support.network;
    int rows = data.rows();
    double[] losses = new double[rows];
    network.rowLosses(support.w, losses);
    double fitted = Arrays.stream(losses).sum() / rows;
    double[] rises = new double[support.groups.length];
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    for (int p = 0; p < PERMUTATIONS; p++) {
      Permutation.shuffle(order, random);
      for (int a = 0; a < rises.length; a++) {
        GroupNetwork permuted = permuted(support, a, order);
        permuted.rowLosses(support.w, losses);
        rises[a] += (Arrays.stream(losses).sum() / rows - fitted) / PERMUTATIONS;
      }
    }
    return rises;
  }

  /** The network with the rows of the group at position {@code a} in another order. */
  static GroupNetwork permuted(SupportNetwork support, int a, int[] order) {
    SelectionData data = support.data;
    double[][] columns = new double[support.network.inputs][];
    int at = 0;
    for (int b = 0; b < support.groups.length; b++) {
      int g = support.groups[b];
      for (int j = data.start[g]; j < data.start[g + 1]; j++) {
        columns[at++] = b == a ? permuted(data.x[j], order) : data.x[j];
      }
    }
    return new GroupNetwork(
        data.head().loss(), columns, data.y, support.network.units, support.network.outputs);
  }

  private static double[] permuted(double[] column, int[] order) {
    double[] permuted = new double[column.length];
    for (int i = 0; i < order.length; i++) {
      permuted[i] = column[order[i]];
    }
    return permuted;
  }
}
