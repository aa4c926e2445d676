package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * What an operation should give: for each element its value, computed in double, and how far from
 * it a result computed in float32 may lie.
 *
 * <p>The bounds are worst cases, of the kind {@code (number of roundings) * 2^-24 * (sum of the
 * terms' sizes)} (Higham, Accuracy and Stability of Numerical Algorithms, chapters 3 and 4), so
 * they hold for any order of summation, with and without fused multiply-add. They shrink with the
 * data: an element that cancels to near zero is still held to the size of its terms, no looser.
 */
final class Expected {
  /** Half the distance from 1 to the next float: the relative error of one rounding. */
  static final double UNIT = 0x1p-24;

  /** The smallest normal float; a backend may flush what is smaller to zero. */
  static final double TINY = 0x1p-126;

  private final double[] values;
  private final double[] bounds;

  Expected(int n) {
    values = new double[n];
    bounds = new double[n];
  }

  /** What must be met exactly (as numbers: {@code -0 = +0}, and a NaN is a NaN). */
  static Expected exactly(float... values) {
    Expected expected = new Expected(values.length);
    for (int i = 0; i < values.length; i++) {
      expected.exact(i, values[i]);
    }
    return expected;
  }

  /** Element {@code i}: a value, the bound of its error before it is rounded once more. */
  void set(int i, double value, double bound) {
    values[i] = value;
    bounds[i] = bound + UNIT * Math.abs(value) + TINY;
  }

  /** Element {@code i} has exactly one right result. */
  void exact(int i, double value) {
    values[i] = value;
    bounds[i] = 0;
  }

  int size() {
    return values.length;
  }

  double value(int i) {
    return values[i];
  }

  double bound(int i) {
    return bounds[i];
  }

  /** Fails with the worst element's place, both values and the bound. */
  void check(String what, float[] actual) {
    assertThat(actual).as(what).hasSize(values.length);
    int worst = -1;
    double worstRatio = 1;
    for (int i = 0; i < actual.length; i++) {
      double ratio = errorInBounds(i, actual[i]);
      if (ratio > worstRatio) {
        worst = i;
        worstRatio = ratio;
      }
    }
    if (worst >= 0) {
      fail(
          "%s: element %d: expected %s within %.3g, found %s (%.3g bounds off)",
          what, worst, values[worst], bounds[worst], actual[worst], worstRatio);
    }
  }

  private double errorInBounds(int i, float actual) {
    if (Double.isNaN(values[i]) || Float.isNaN(actual)) {
      return Double.isNaN(values[i]) == Float.isNaN(actual) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (actual == values[i] || actual == (float) values[i]) {
      return 0;
    }
    if (Double.isInfinite(values[i])) {
      return Double.POSITIVE_INFINITY;
    }
    double error = Math.abs(actual - values[i]);
    return error <= bounds[i] ? 0 : error / bounds[i];
  }
}
