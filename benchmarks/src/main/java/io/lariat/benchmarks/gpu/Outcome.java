package io.lariat.benchmarks.gpu;

import java.util.Arrays;

/**
 * What a contender did.
 *
 * @param stepCase what was trained
 * @param precision in what
 * @param contender by whom
 * @param seconds of a step, one a round
 * @param note why there are none, or fewer; empty if all is well
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Outcome(
    StepCase stepCase, Precision precision, Contender contender, double[] seconds, String note) {

  /** The median of the rounds; NaN without any. */
  double median() {
    double[] sorted = sorted();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** The shortest. */
  double least() {
    return sorted()[0];
  }

  /** The longest. */
  double greatest() {
    return sorted()[seconds.length - 1];
  }

  private double[] sorted() {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
