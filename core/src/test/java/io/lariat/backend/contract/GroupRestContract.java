package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.UpdateRule;
import io.lariat.backend.contract.Grouped.Layout;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Where proximal updates of groups come to rest: each group has a problem of its own, {@code ||w -
 * c||^2 / 2 + penalty}, whose solution is {@code shrink(ST(c, l1), k) / (1 + 2 l2)} with {@code k =
 * group * sqrt(rows)}; there the KKT conditions hold.
 */
interface GroupRestContract extends BackendUnderTest {

  List<Penalty> RESTING =
      List.of(Penalty.group(0.3), new Penalty(0.1, 0, 0.2), new Penalty(0.1, 0.25, 0.2));

  /** Protected, of one row and of several, and with a penalty of twice the strength. */
  Layout LAYOUT =
      new Layout(
          List.of(1, 1, 2, 1, 2, 1, 1, 1), List.of(1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 0.0, 1.0), 3);

  /** Momentum's steps add up to {@code lr / (1 - momentum)}; so must its thresholds. */
  @Test
  default void groupProximalSgdRestsWhereTheConditionsHold() {
    for (double momentum : new double[] {0, 0.5, 0.9}) {
      for (boolean nesterov : new boolean[] {false, true}) {
        restsAtTheSolutions(new UpdateRule.Sgd(momentum, nesterov), 0.05, 500, 2e-5);
      }
    }
  }

  /** Where nothing is penalised its steps never end, since its scale shrinks with the gradient. */
  @Test
  default void groupProximalRmsPropRestsWhereTheConditionsHold() {
    restsAtTheSolutions(new UpdateRule.RmsProp(0.9, 1e-7), 0.01, 1500, 0.01);
  }

  @Test
  default void groupProximalAdamRestsWhereTheConditionsHold() {
    restsAtTheSolutions(new UpdateRule.Adam(0.9, 0.999, 1e-7), 0.01, 4000, 2e-5);
  }

  private void restsAtTheSolutions(
      UpdateRule rule, double learningRate, int steps, double errorWithoutPenalty) {
    for (Penalty penalty : RESTING) {
      Slab slab = new Slab(backend(), Sample.of("restsAtTheSolutions"));
      float[] start =
          slab.sample().withZeros(slab.sample().uniform(Cases.GROUP_CENTRES.length, -1, 1), 4);
      Grouped kernel = new Grouped(slab, rule, LAYOUT, start);
      for (int t = 1; t <= steps; t++) {
        kernel.step(penalty, PenaltyMethod.PROXIMAL, learningRate, t, gradient(kernel.weights()));
      }
      int zeros = 0;
      for (int i = 0; i < LAYOUT.count(); i++) {
        String what = String.format(Locale.ROOT, "%s, %s, group %d", rule, penalty, i);
        double error = LAYOUT.factors().get(i) == 0 ? errorWithoutPenalty : 2e-5;
        zeros += rests(what, penalty, i, kernel.weights(i), error) ? 1 : 0;
      }
      assertThat(zeros).as("%s, %s: groups of zeros", rule, penalty).isBetween(3, 5);
    }
  }

  private static float[] gradient(float[] w) {
    float[] gradient = new float[w.length];
    for (int e = 0; e < w.length; e++) {
      gradient[e] = w[e] - Cases.GROUP_CENTRES[e];
    }
    return gradient;
  }

  /** Checks a group against its solution and its conditions; whether it is all zeros. */
  private static boolean rests(String what, Penalty penalty, int i, float[] found, double error) {
    double f = LAYOUT.factors().get(i);
    double l1 = f * penalty.l1();
    double k = f * penalty.group() * Math.sqrt(LAYOUT.rows().get(i));
    float[] centre = Arrays.copyOfRange(Cases.GROUP_CENTRES, LAYOUT.from(i), LAYOUT.from(i + 1));
    double norm = norm(centre, l1);
    if (norm <= k) {
      for (float w : found) {
        assertThat(Float.floatToRawIntBits(w)).as("%s: bits of %s", what, w).isZero();
      }
      return true;
    }
    double length = norm(found, 0);
    for (int e = 0; e < found.length; e++) {
      double shrunk = Math.max(Math.abs(centre[e]) - l1, 0) * Math.signum(centre[e]);
      double solution = shrunk * (1 - k / norm) / (1 + 2 * f * penalty.l2());
      assertThat((double) found[e]).as(what).isCloseTo(solution, within(error));
      if (solution == 0 && l1 > 0) {
        assertThat(Float.floatToRawIntBits(found[e])).as(what).isZero();
      } else {
        double slope = found[e] - centre[e] + l1 * Math.signum(found[e]);
        slope += 2 * f * penalty.l2() * found[e] + k * found[e] / length;
        // the weights are off by at most the error, and k / length is at most 15 here
        assertThat(slope).as("%s: condition at %d", what, e).isCloseTo(0, within(32 * error));
      }
    }
    return false;
  }

  private static double norm(float[] values, double l1) {
    double squares = 0;
    for (float value : values) {
      double size = Math.max(Math.abs(value) - l1, 0);
      squares += size * size;
    }
    return Math.sqrt(squares);
  }

  /** The gradient's norm over lambda on the support, which a threshold of plain lr * k misses. */
  @Test
  default void groupMomentumKeepsTheStrengthOfThePenalty() {
    for (double momentum : new double[] {0, 0.5, 0.9}) {
      for (boolean nesterov : new boolean[] {false, true}) {
        UpdateRule rule = new UpdateRule.Sgd(momentum, nesterov);
        Slab slab = new Slab(backend(), Sample.of("strength"));
        Grouped kernel = new Grouped(slab, rule, LAYOUT, new float[Cases.GROUP_CENTRES.length]);
        for (int t = 1; t <= 500; t++) {
          float[] g = gradient(kernel.weights());
          kernel.step(Penalty.group(0.3), PenaltyMethod.PROXIMAL, 0.05, t, g);
        }
        float[] g = Arrays.copyOf(gradient(kernel.weights()), 3);
        assertThat(norm(g, 0) / 0.3).as("%s: ||g|| / lambda", rule).isCloseTo(1, within(1e-4));
      }
    }
  }

  /**
   * Inputs that never occur have {@code g = v = 0}. The threshold takes their group to zero, but
   * not at once: by no more than ten of the rule's step sizes a weight at a time, in the mean over
   * the group's squares.
   */
  @Test
  default void groupRuleDoesNotCutOffWhatItHasNotSeen() {
    double lr = 0.01;
    for (UpdateRule rule :
        List.of(new UpdateRule.Adam(0.9, 0.999, 1e-7), new UpdateRule.RmsProp(0.9, 1e-7))) {
      for (double group : new double[] {1e-3, 1e-2, 1}) {
        Slab slab = new Slab(backend(), Sample.of("unseen"));
        Layout layout = Layout.of(4, 1, 3);
        float[] start = new float[16];
        Arrays.fill(start, 0.5f);
        Grouped kernel = new Grouped(slab, rule, layout, start);
        for (int t = 1; t <= 200; t++) {
          float[][] before = {kernel.weights(0), kernel.weights(1)};
          kernel.step(Penalty.group(group), PenaltyMethod.PROXIMAL, lr, t, new float[16]);
          double largest = 10 * UpdateContract.rates(rule, lr, t)[0];
          for (int i = 0; i < 2; i++) {
            float[] after = kernel.weights(i);
            String what =
                String.format(Locale.ROOT, "%s, group %s, step %d, group %d", rule, group, t, i);
            double decrease = norm(before[i], 0) - norm(after, 0);
            assertThat(decrease)
                .as(what)
                .isLessThan(largest * Math.sqrt(after.length) * (1 + 1e-5) + 1e-7);
            if (norm(before[i], 0) > 0) {
              assertThat(decrease).as(what).isPositive();
            }
            if (t == 1) {
              assertThat(after[0]).as("%s: after one step", what).isGreaterThan(0.1f);
            }
          }
        }
        // steps of a tenth or so take 0.5 away long before 200 of them
        for (float w : kernel.weights()) {
          assertThat(Float.floatToRawIntBits(w)).as("%s: bits of %s", rule, w).isZero();
        }
      }
    }
  }

  /** Inputs that occur once in twenty steps stay if their mean gradient asks for it. */
  @Test
  default void groupRuleKeepsRareWeightsThatTheirMeanGradientHolds() {
    for (UpdateRule rule :
        List.<UpdateRule>of(
            new UpdateRule.Sgd(0, false),
            new UpdateRule.Sgd(0.9, false),
            new UpdateRule.Adam(0.9, 0.999, 1e-7))) {
      Slab slab = new Slab(backend(), Sample.of("rareGroup"));
      Grouped kernel = new Grouped(slab, rule, Layout.of(2, 1, 1), new float[4]);
      for (int t = 1; t <= 2000; t++) {
        float[] w = kernel.weights();
        float[] gradient = new float[4];
        // mean gradients at zero of norm 0.05, above lambda, and 0.005, below it
        if (t % 20 == 0) {
          float[] centres = {0.03f, 0.04f, 0.003f, 0.004f};
          for (int e = 0; e < 4; e++) {
            gradient[e] = 20 * (w[e] - centres[e]);
          }
        }
        kernel.step(Penalty.group(0.01), PenaltyMethod.PROXIMAL, 0.001, t, gradient);
      }
      assertThat(norm(kernel.weights(0), 0)).as("%s: held", rule).isGreaterThan(0.01);
      assertThat(norm(kernel.weights(1), 0)).as("%s: not held", rule).isLessThan(0.01);
    }
  }

  /** What a live group shrinks away ends at zero, before it slows down processors. */
  @Test
  default void groupWeightsDoNotEndAsSubnormalNumbers() {
    Slab slab = new Slab(backend(), Sample.of("subnormal"));
    float[] start = {1, 1e-37f, -1e-37f};
    Grouped kernel = new Grouped(slab, new UpdateRule.Sgd(0, false), Layout.of(3, 1), start);
    for (int t = 1; t <= 60; t++) {
      float w = kernel.weights()[0];
      kernel.step(Penalty.group(0.5), PenaltyMethod.PROXIMAL, 0.1, t, w - 1, 0, 0);
    }
    float[] found = kernel.weights();
    assertThat((double) found[0]).isCloseTo(0.5, within(1e-2));
    assertThat(Float.floatToRawIntBits(found[1])).as("bits of %s", found[1]).isZero();
    assertThat(Float.floatToRawIntBits(found[2])).as("bits of %s", found[2]).isZero();
  }

  /** Zeros stay {@code +0.0f} in later passes, as long as the gradient is within the penalty. */
  @Test
  default void groupZerosStayZeros() {
    Penalty penalty = Penalty.group(0.3);
    for (UpdateRule rule : Cases.RULES) {
      Slab slab = new Slab(backend(), Sample.of("groupZerosStayZeros"));
      float[] start = {0, -0f, 0, -0f, 0.1f, -0.1f};
      Grouped kernel = new Grouped(slab, rule, Layout.of(2, 2, 1), start);
      for (int t = 1; t <= 50; t++) {
        float[] gradient = slab.sample().uniform(6, -0.2, 0.2);
        kernel.step(penalty, PenaltyMethod.PROXIMAL, 0.01, t, gradient);
        for (float w : kernel.weights(0)) {
          assertThat(Float.floatToRawIntBits(w)).as("%s: bits of %s", rule, w).isZero();
        }
      }
    }
  }
}
