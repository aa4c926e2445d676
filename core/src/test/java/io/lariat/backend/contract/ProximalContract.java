package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.UpdateRule;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What proximal updates are for: where they come to rest. Each weight has a problem of its own,
 * {@code (w - c)^2 / 2 + l1 |w| + l2 w^2}, whose solution is {@code ST(c, l1) / (1 + 2 l2)}, so a
 * rule that scales its threshold wrongly rests elsewhere.
 */
interface ProximalContract extends BackendUnderTest {

  Penalty LASSO = Penalty.l1(0.3);
  Penalty ELASTIC_NET = Penalty.elasticNet(0.3, 0.25);

  /** Momentum's steps add up to {@code lr / (1 - momentum)}; so must its thresholds. */
  @Test
  default void proximalSgdRestsAtTheLasso() {
    for (double momentum : new double[] {0, 0.5, 0.9}) {
      for (boolean nesterov : new boolean[] {false, true}) {
        UpdateRule rule = new UpdateRule.Sgd(momentum, nesterov);
        restsAtTheSolution(rule, LASSO, 0.05, 500);
        restsAtTheSolution(rule, ELASTIC_NET, 0.05, 500);
      }
    }
  }

  @Test
  default void proximalRmsPropRestsAtTheLasso() {
    for (double rho : new double[] {0.5, 0.9}) {
      UpdateRule rule = new UpdateRule.RmsProp(rho, 1e-7);
      restsAtTheSolution(rule, LASSO, 0.01, 1200);
      restsAtTheSolution(rule, ELASTIC_NET, 0.01, 1200);
    }
  }

  @Test
  default void proximalAdamRestsAtTheLasso() {
    UpdateRule rule = new UpdateRule.Adam(0.9, 0.999, 1e-7);
    restsAtTheSolution(rule, LASSO, 0.01, 4000);
    restsAtTheSolution(rule, ELASTIC_NET, 0.01, 4000);
  }

  /**
   * Under decay the zeros are the Lasso's, and a weight rests where {@code |g| = l1 + decay / c *
   * |w|}: with c of {@code lr / (1 - momentum)} where plain descent adds its steps up, of {@code lr
   * / |g|} where the mean square of Adam's gradients is that of the last, so that {@code |g| * (1 -
   * weightDecay * |w|) = l1} with {@code |g| = |c| - |w|}.
   */
  @Test
  default void proximalRulesRestAtTheLassosZerosUnderDecay() {
    double weightDecay = 0.4;
    double l1 = LASSO.l1();
    for (double momentum : new double[] {0, 0.5}) {
      restsUnderDecay(
          new UpdateRule.Sgd(momentum, false),
          0.05,
          weightDecay,
          centre -> (centre - l1) / (1 + weightDecay * (1 - momentum)));
    }
    restsUnderDecay(
        new UpdateRule.Adam(0.9, 0.99, 1e-7),
        0.005,
        weightDecay,
        centre -> {
          double half = (1 + weightDecay * centre) / (2 * weightDecay);
          return half - Math.sqrt(half * half - (centre - l1) / weightDecay);
        });
  }

  private void restsUnderDecay(
      UpdateRule rule, double learningRate, double weightDecay, DoubleUnaryOperator solution) {
    int n = Cases.CENTRES.length;
    Block block = new Block(new Slab(backend(), Sample.of("underDecay")), rule, new float[n]);
    block.decay = learningRate * weightDecay;
    for (int t = 1; t <= 4000; t++) {
      float[] w = block.weights();
      float[] gradient = new float[n];
      for (int i = 0; i < n; i++) {
        gradient[i] = w[i] - Cases.CENTRES[i];
      }
      block.step(LASSO, learningRate, t, gradient);
    }
    float[] found = block.weights();
    for (int i = 0; i < n; i++) {
      String what = String.format(Locale.ROOT, "%s, centre %s", rule, Cases.CENTRES[i]);
      double size = Math.abs(Cases.CENTRES[i]);
      if (size <= LASSO.l1()) {
        assertThat(Float.floatToRawIntBits(found[i])).as("%s: bits of %s", what, found[i]).isZero();
      } else {
        double expected = Math.signum(Cases.CENTRES[i]) * solution.applyAsDouble(size);
        assertThat((double) found[i]).as(what).isCloseTo(expected, within(2e-5));
      }
    }
  }

  private void restsAtTheSolution(
      UpdateRule rule, Penalty penalty, double learningRate, int steps) {
    Slab slab = new Slab(backend(), Sample.of("restsAtTheSolution"));
    int n = Cases.CENTRES.length;
    float[] start = slab.sample().withZeros(slab.sample().uniform(n, -1, 1), 4);
    Block block = new Block(slab, rule, start);
    for (int t = 1; t <= steps; t++) {
      float[] w = block.weights();
      float[] gradient = new float[n];
      for (int i = 0; i < n; i++) {
        gradient[i] = w[i] - Cases.CENTRES[i];
      }
      block.step(penalty, learningRate, t, gradient);
    }
    float[] found = block.weights();
    for (int i = 0; i < n; i++) {
      String what =
          String.format(Locale.ROOT, "%s, %s, centre %s", rule, penalty, Cases.CENTRES[i]);
      double above = Math.max(Math.abs(Cases.CENTRES[i]) - penalty.l1(), 0);
      double solution = Math.signum(Cases.CENTRES[i]) * above / (1 + 2 * penalty.l2());
      if (solution == 0) {
        assertThat(Float.floatToRawIntBits(found[i])).as("%s: bits of %s", what, found[i]).isZero();
      } else {
        assertThat((double) found[i]).as(what).isCloseTo(solution, within(2e-5));
      }
    }
  }

  /**
   * A weight whose input never occurs has {@code g = v = 0}. The threshold takes it to zero, but
   * not at once: by no more than ten of the rule's step sizes at a time, or the largest step that
   * the rule itself can take, if that is more.
   */
  @Test
  default void proximalRuleDoesNotCutOffWhatItHasNotSeen() {
    double lr = 0.01;
    UpdateRule.Adam adam = new UpdateRule.Adam(0.9, 0.999, 1e-7);
    UpdateRule.RmsProp rmsProp = new UpdateRule.RmsProp(0.9, 1e-7);
    UpdateRule.RmsProp longMemory = new UpdateRule.RmsProp(0.999, 1e-10);
    for (double l1 : new double[] {1e-3, 1e-2, 1}) {
      decaysBySteps(adam, l1, lr, 10);
      decaysBySteps(rmsProp, l1, lr, 10);
      decaysBySteps(longMemory, l1, lr, 1 / Math.sqrt(1 - 0.999));
    }
  }

  private void decaysBySteps(UpdateRule rule, double l1, double lr, double stepsPerRate) {
    Slab slab = new Slab(backend(), Sample.of("decaysBySteps"));
    float[] start = {0.5f, -0.5f, 0f, -0f, 0.5f, 0.4f, -0.4f, 0.3f, -0.3f};
    Block block = new Block(slab, rule, start);
    for (int t = 1; t <= 400; t++) {
      float[] before = block.weights();
      block.step(Penalty.l1(l1), lr, t, new float[start.length]);
      float[] after = block.weights();
      double largest = UpdateContract.rates(rule, lr, t)[0] * stepsPerRate;
      for (int i = 0; i < start.length; i++) {
        String what =
            String.format(Locale.ROOT, "%s, l1 %s, step %d from %s", rule, l1, t, before[i]);
        if (before[i] == 0) {
          assertThat(after[i]).as(what).isZero();
          continue;
        }
        double decrease = Math.abs(before[i]) - Math.abs(after[i]);
        assertThat(decrease).as(what).isPositive().isLessThan(largest * (1 + 1e-5) + 1e-7);
      }
      if (t == 1) {
        assertThat(after[0]).as("%s, l1 %s after one step", rule, l1).isGreaterThan(0.1f);
        assertThat(after[1]).as("%s, l1 %s after one step", rule, l1).isLessThan(-0.1f);
      }
    }
    // steps of a few hundredths take 0.5 away long before 400 of them
    for (float w : block.weights()) {
      assertThat(Float.floatToRawIntBits(w)).as("%s, l1 %s: bits of %s", rule, l1, w).isZero();
    }
  }

  /**
   * An input that occurs once in twenty steps keeps its weight if its gradient then asks for it.
   */
  @Test
  default void proximalRuleKeepsARareWeightThatItsMeanGradientHolds() {
    for (UpdateRule rule :
        List.<UpdateRule>of(
            new UpdateRule.Sgd(0, false),
            new UpdateRule.Sgd(0.9, false),
            new UpdateRule.Adam(0.9, 0.999, 1e-7))) {
      Slab slab = new Slab(backend(), Sample.of("rareWeight"));
      Block block = new Block(slab, rule, new float[] {0, 0, 0});
      for (int t = 1; t <= 2000; t++) {
        float w0 = block.weights()[0];
        float w1 = block.weights()[1];
        // mean gradients at zero: -0.05, above l1, and -0.005, below it
        boolean occurs = t % 20 == 0;
        float[] gradient = {occurs ? 20 * (w0 - 0.05f) : 0, occurs ? 20 * (w1 - 0.005f) : 0, 0};
        block.step(Penalty.l1(0.01), 0.001, t, gradient);
      }
      float[] found = block.weights();
      assertThat(found[0]).as("%s: held", rule).isGreaterThan(0.01f);
      assertThat(found[1]).as("%s: not held", rule).isLessThan(0.01f);
      assertThat(Float.floatToRawIntBits(found[2])).as("%s: never seen", rule).isZero();
    }
  }

  /** The gradient over lambda on the support, which a threshold of plain lr * l1 misses. */
  @Test
  default void proximalMomentumKeepsTheStrengthOfThePenalty() {
    for (double momentum : new double[] {0, 0.5, 0.9}) {
      for (boolean nesterov : new boolean[] {false, true}) {
        UpdateRule rule = new UpdateRule.Sgd(momentum, nesterov);
        Block block = new Block(new Slab(backend(), Sample.of("strength")), rule, new float[2]);
        for (int t = 1; t <= 500; t++) {
          float[] w = block.weights();
          block.step(LASSO, 0.05, t, new float[] {w[0] - 2, w[1] + 1});
        }
        float[] w = block.weights();
        assertThat((2 - w[0]) / 0.3).as("%s: |g| / lambda", rule).isCloseTo(1, within(1e-4));
        assertThat((w[1] + 1) / 0.3).as("%s: |g| / lambda", rule).isCloseTo(1, within(1e-4));
      }
    }
  }

  /**
   * Adam's threshold is in its own metric, as its step is: with gradients a hundred times as large
   * it is a hundredth, where a uniform one would be the same; and it has the step's bias correction
   * from the first step on.
   */
  @Test
  default void proximalAdamThresholdIsNotUniform() {
    UpdateRule adam = new UpdateRule.Adam(0.9, 0.999, 1e-7);
    Block block = new Block(new Slab(backend(), Sample.of("uniform")), adam, new float[] {1, 1});
    Block free = new Block(new Slab(backend(), Sample.of("uniform")), adam, new float[] {1, 1});
    double lr = 0.01;
    double l1 = 0.05;
    double a = lr * Math.sqrt(1 - 0.999) / (1 - 0.9);
    float[] gradient = {0.5f, 50};
    block.step(Penalty.l1(l1), lr, 1, gradient);
    free.step(Penalty.NONE, lr, 1, gradient);
    for (int i = 0; i < 2; i++) {
      double d = gradient[i] * Math.sqrt(1 - 0.999) + 1e-7;
      double threshold = free.weights()[i] - block.weights()[i];
      // both weights are rounded at a size of 1
      assertThat(threshold).as("weight %d", i).isCloseTo(a * l1 / d, within(3 * Expected.UNIT));
    }
  }

  /** A penalty alone: its subgradient steps over zero and back by the learning rate for ever. */
  @Test
  default void proximalAdamEndsWhereItsSubgradientOscillates() {
    UpdateRule adam = new UpdateRule.Adam(0.9, 0.999, 1e-7);
    double lr = 0.01;
    for (double l1 : new double[] {1e-3, 1}) {
      float[] start = {0.0537f, -0.0511f, 0.0233f};
      Block proximal = new Block(new Slab(backend(), Sample.of("oscillation")), adam, start);
      Block subgradient = new Block(new Slab(backend(), Sample.of("oscillation")), adam, start);
      int zeros = 0;
      for (int t = 1; t <= 300; t++) {
        proximal.step(Penalty.l1(l1), lr, t, new float[3]);
        subgradient.step(PenaltyMethod.SUBGRADIENT, Penalty.l1(l1), lr, t, new float[3]);
        if (t == 1) { // the first step is the learning rate, whatever lambda is, but for epsilon
          double shorter = lr * 1e-7 / (l1 * Math.sqrt(1 - 0.999));
          double w0 = subgradient.weights()[0];
          assertThat(w0).isCloseTo(0.0537 - lr, within(shorter + 1e-8));
        }
        for (float w : subgradient.weights()) {
          zeros += w == 0 ? 1 : 0;
        }
      }
      assertThat(zeros).as("zeros by subgradient, l1 %s", l1).isZero();
      assertThat(proximal.weights()).as("proximal, l1 %s", l1).containsOnly(0);
    }
  }

  /** Zeros stay {@code +0.0f} in later passes, as long as the gradient is within the penalty. */
  @Test
  default void proximalZerosStayZeros() {
    for (UpdateRule rule : Cases.RULES) {
      Slab slab = new Slab(backend(), Sample.of("proximalZerosStayZeros"));
      Block block = new Block(slab, rule, new float[] {0, -0f, 0, -0f, 0});
      for (int t = 1; t <= 50; t++) {
        block.step(Penalty.l1(0.3), 0.01, t, slab.sample().uniform(5, -0.29, 0.29));
        for (float w : block.weights()) {
          assertThat(Float.floatToRawIntBits(w)).as("%s: bits of %s", rule, w).isZero();
        }
      }
    }
  }

  /** What momentum carries over of a learning rate that has fallen, the threshold has too. */
  @Test
  default void proximalZerosStayZerosWhereTheLearningRateFalls() {
    for (boolean nesterov : new boolean[] {false, true}) {
      UpdateRule rule = new UpdateRule.Sgd(0.9, nesterov);
      Block block = new Block(new Slab(backend(), Sample.of("falling")), rule, new float[4]);
      double before = 0;
      double carried = 0;
      for (int t = 1; t <= 100; t++) {
        double learningRate = t <= 50 ? 0.1 : 0.001;
        carried = t == 1 ? 0 : rule.carried(learningRate, t, before, carried);
        before = learningRate;
        double[] ab = rule.rates(learningRate, t, carried);
        float[] rates = {(float) ab[0], (float) ab[1], 1, 1, 0, 0, 0};
        float[] gradient = {0.29f, -0.29f, 0.1f, 0.2999f};
        block.step(PenaltyMethod.PROXIMAL, LASSO, rates, gradient);
        for (float w : block.weights()) {
          assertThat(Float.floatToRawIntBits(w)).as("%s, step %d: %s", rule, t, w).isZero();
        }
      }
    }
  }

  /** A block of weights with its optimizer's state. */
  final class Block {
    private final Slab slab;
    private final UpdateRule rule;
    private final Matrix w;
    private final Matrix grad;
    private final Matrix state;
    private final Matrix rates;

    /** What a step takes off each weight. */
    double decay;

    Block(Slab slab, UpdateRule rule, float[] start) {
      this.slab = slab;
      this.rule = rule;
      int n = start.length;
      int stateRows = Math.max(rule.stateRows(), 1);
      w = slab.put("w", 1, n, start);
      grad = slab.out("grad", 1, n);
      state = slab.put("state", stateRows, n, new float[stateRows * n]);
      rates = slab.out("rates", 1, UpdateRule.RATES);
    }

    float[] weights() {
      return slab.get(w);
    }

    void step(Penalty penalty, double learningRate, int t, float[] gradient) {
      step(PenaltyMethod.PROXIMAL, penalty, learningRate, t, gradient);
    }

    void step(PenaltyMethod method, Penalty penalty, double learningRate, int t, float[] gradient) {
      step(method, penalty, UpdateContract.rates(rule, learningRate, t, decay), gradient);
    }

    void step(PenaltyMethod method, Penalty penalty, float[] stepRates, float[] gradient) {
      slab.set(grad, gradient);
      slab.set(rates, stepRates);
      slab.run(() -> slab.backend().update(rule, penalty, method, w, grad, state, rates), w, state);
    }
  }
}
