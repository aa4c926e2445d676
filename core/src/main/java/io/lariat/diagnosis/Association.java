package io.lariat.diagnosis;

import io.lariat.data.Dataset;

/**
 * How strongly each feature goes with the target, taken alone: the correlation ratio of classes,
 * Pearson's correlation of a regression; both from 0 to 1.
 *
 * <p>The correlation ratio (Pearson 1905) is the root of the share of a feature's variance that the
 * classes' means make up: {@code eta^2 = sum_k n_k (mean_k - mean)^2 / sum_i (x_i - mean)^2}. With
 * two classes it is the absolute value of Pearson's correlation with the class.
 */
final class Association {
  private Association() {}

  /** The association of each of {@code columns}, which {@code taken} of the rows were read for. */
  static double[] of(Dataset data, Columns columns, int rows, int taken) {
    double[] targets = new double[taken];
    for (int i = 0; i < taken; i++) {
      targets[i] = data.target(Columns.sampled(i, taken, rows));
    }
    double[] association = new double[columns.count()];
    if (data.task().isNumber()) {
      Columns.toUnit(targets);
      for (int k = 0; k < association.length; k++) {
        association[k] = Math.min(1, Math.abs(columns.correlation(k, targets)));
      }
      return association;
    }
    int classes = data.schema().target().classes().size();
    double[] counts = new double[classes];
    for (double target : targets) {
      counts[(int) target]++;
    }
    for (int k = 0; k < association.length; k++) {
      association[k] = correlationRatio(columns.unit(k), targets, counts);
    }
    return association;
  }

  /** Of a centred column of length 1. */
  private static double correlationRatio(double[] unit, double[] targets, double[] counts) {
    double[] sums = new double[counts.length];
    for (int i = 0; i < unit.length; i++) {
      sums[(int) targets[i]] += unit[i];
    }
    double between = 0;
    for (int c = 0; c < counts.length; c++) {
      between += counts[c] == 0 ? 0 : sums[c] * sums[c] / counts[c];
    }
    return Math.min(1, Math.sqrt(between));
  }

  /**
   * The association that a feature unrelated to the target stays below in all but about one of ten
   * thousand cases: what is below it may be chance.
   *
   * @param degrees the classes less one; 1 for a regression
   */
  static double chance(int rows, int degrees) {
    // rows * eta^2 is nearly chi-squared; its .9999 quantile by Wilson and Hilferty (1931).
    double normal = 3.719;
    double third = 2.0 / (9 * degrees);
    double quantile = degrees * Math.pow(1 - third + normal * Math.sqrt(third), 3);
    return Math.min(1, Math.sqrt(quantile / rows));
  }
}
