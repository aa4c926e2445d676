package io.lariat.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * On {@code 1/2 sum_i c_i (w_i - b_i)^2 + sum_i |w_i|}: the minimum is {@code ST(b_i, 1 / c_i)}.
 */
class ProximalGradientTest {
  private static final double[] CURVATURE = {1, 10, 100};
  private static final double[] BOTTOM = {3, -0.05, -2};

  private static double value(double[] w) {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      sum += 0.5 * CURVATURE[i] * (w[i] - BOTTOM[i]) * (w[i] - BOTTOM[i]);
    }
    return sum;
  }

  private static double[] gradient(double[] w) {
    double[] g = new double[w.length];
    Arrays.setAll(g, i -> CURVATURE[i] * (w[i] - BOTTOM[i]));
    return g;
  }

  private static void soft(double[] u, double step) {
    Arrays.setAll(u, i -> Vectors.softThreshold(u[i], step));
  }

  private static double objective(double[] w) {
    return value(w) + Arrays.stream(w).map(Math::abs).sum();
  }

  @Test
  void stepsLeadToTheMinimumAndTheSumNeverRises() {
    ProximalGradient steps =
        new ProximalGradient(
            ProximalGradientTest::value, ProximalGradientTest::soft, () -> false, 1);
    double[] w = new double[3];
    double[] next = new double[3];
    for (int k = 0; k < 4000; k++) {
      double reached = steps.take(w, value(w), gradient(w), next);
      assertThat(reached).isEqualTo(value(next));
      assertThat(objective(next)).as("step %d", k).isLessThanOrEqualTo(objective(w) + 1e-12);
      System.arraycopy(next, 0, w, 0, 3);
    }
    assertThat(w[0]).isCloseTo(2, within(1e-9));
    assertThat(w[1]).isZero();
    assertThat(w[2]).isCloseTo(-1.99, within(1e-9));
  }

  /** {@code f(next) <= f + g'd + d'd / (2 step)} holds here up to a step of about 1/100. */
  @Test
  void theStepIsHalvedUntilItIsShortEnoughAndGrowsWhenTold() {
    ProximalGradient steps =
        new ProximalGradient(
            ProximalGradientTest::value, ProximalGradientTest::soft, () -> false, 1);
    double[] w = {0, 0, 0};
    steps.take(w, value(w), gradient(w), new double[3]);
    double taken = steps.step();
    assertThat(taken).isEqualTo(1.0 / 128);
    steps.grow(1.5, 1e6);
    assertThat(steps.step()).isEqualTo(1.5 * taken);
    steps.grow(1.5, 0.01);
    assertThat(steps.step()).isEqualTo(0.01);
  }

  @Test
  void itEndsWhenToldToAndWhereNoStepIsShortEnough() {
    int[] asked = {0};
    ProximalGradient told =
        new ProximalGradient(
            ProximalGradientTest::value, ProximalGradientTest::soft, () -> ++asked[0] == 2, 1e6);
    double[] w = {0, 0, 0};
    assertThat(told.take(w, value(w), gradient(w), new double[3])).isNaN();
    assertThat(asked[0]).isEqualTo(2);
    ProximalGradient lost =
        new ProximalGradient(v -> Double.NaN, ProximalGradientTest::soft, () -> false, 1);
    assertThat(lost.take(w, value(w), gradient(w), new double[3])).isNaN();
  }
}
