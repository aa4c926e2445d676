package io.lariat.diagnosis;

import java.util.Arrays;

/** Values replaced by their ranks. */
final class Ranks {
  private Ranks() {}

  /** The ranks of {@code values} from 1; equal ones have the mean of theirs. */
  static double[] of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] byPosition = new double[sorted.length];
    for (int from = 0, to; from < sorted.length; from = to) {
      to = from + 1;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      Arrays.fill(byPosition, from, to, 0.5 * (from + to + 1));
    }
    double[] ranks = new double[values.length];
    Arrays.setAll(ranks, i -> byPosition[Arrays.binarySearch(sorted, values[i])]);
    return ranks;
  }
}
