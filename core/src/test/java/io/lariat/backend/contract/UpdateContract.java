package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.UpdateRule;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One step of every optimizer, with every penalty and both ways of applying it. */
interface UpdateContract extends BackendUnderTest {

  /** Every step from the weights and the state that the backend itself left. */
  @ParameterizedTest
  @EnumSource
  default void updateHoldsStepByStep(PenaltyMethod method) {
    Slab slab = new Slab(backend(), Sample.of("updateHoldsStepByStep" + method));
    for (UpdateRule rule : Cases.RULES) {
      for (Penalty penalty : Cases.PENALTIES) {
        for (int n : Cases.LENGTHS) {
          slab.clear();
          holdsStepByStep(slab, rule, penalty, method, n);
        }
      }
    }
  }

  private void holdsStepByStep(
      Slab slab, UpdateRule rule, Penalty penalty, PenaltyMethod method, int n) {
    Sample sample = slab.sample();
    Matrix w = slab.put("w", 1, n, sample.withZeros(sample.uniform(n, -0.05, 0.05), 4));
    Matrix grad = slab.out("grad", 1, n);
    int stateRows = Math.max(rule.stateRows(), 1);
    Matrix state = slab.put("state", stateRows, n, new float[stateRows * n]);
    Matrix rates = slab.out("rates", 1, UpdateRule.RATES);
    Matrix[] written = rule.stateRows() == 0 ? new Matrix[] {w} : new Matrix[] {w, state};
    for (int t = 1; t <= 4; t++) {
      slab.set(rates, rates(rule, 0.01, t, t <= 2 ? 0 : 0.3));
      slab.set(grad, sample.withZeros(sample.uniform(n, -0.3, 0.3), 5));
      ExpectedUpdate expected =
          new ExpectedUpdate(
              rule, penalty, method, slab.get(w), slab.get(grad), slab.get(state), slab.get(rates));
      slab.run(() -> backend().update(rule, penalty, method, w, grad, state, rates), written);
      String what = String.format(Locale.ROOT, "%s, %s, %s, step %d", rule, penalty, method, t);
      slab.check(what, w, expected.weights);
      if (rule.stateRows() > 0) {
        slab.check(what, state, expected.newState);
      }
      float[] weights = slab.get(w);
      for (int i = 0; i < n; i++) {
        if (expected.cutOff[i]) {
          assertThat(Float.floatToRawIntBits(weights[i]))
              .as("%s: bits of weight %d, thresholded away; %s", what, i, sample)
              .isZero();
        }
        if (expected.kept[i]) {
          assertThat(weights[i]).as("%s: weight %d; %s", what, i, sample).isNotZero();
        }
      }
    }
  }

  /** Twenty steps against the formulas of Keras 3, written down without Lariat's rates. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.004, 0.5})
  default void updateFollowsKerasForTwentySteps(double weightDecay) {
    Slab slab = new Slab(backend(), Sample.of("updateFollowsKerasForTwentySteps"));
    int n = 37;
    for (UpdateRule rule : Cases.RULES) {
      for (Penalty penalty : Cases.PENALTIES) {
        slab.clear();
        Sample sample = slab.sample();
        // far enough from zero for no weight to change its sign on the way
        Matrix w = slab.put("w", 1, n, sample.signed(n));
        Matrix grad = slab.out("grad", 1, n);
        int stateRows = Math.max(rule.stateRows(), 1);
        Matrix state = slab.put("state", stateRows, n, new float[stateRows * n]);
        Matrix rates = slab.out("rates", 1, UpdateRule.RATES);
        KerasOptimizer keras = new KerasOptimizer(rule, penalty, 0.01, weightDecay, slab.get(w));
        for (int t = 1; t <= 20; t++) {
          slab.set(rates, rates(rule, 0.01, t, 0.01 * weightDecay));
          slab.set(grad, sample.uniform(n, -0.2, 0.2));
          keras.step(slab.get(grad));
          slab.run(() -> update(rule, penalty, w, grad, state, rates), w, state);
        }
        // a step moves w by at most 0.04, with ten roundings; w itself is rounded twenty times
        Expected expected = new Expected(n);
        for (int i = 0; i < n; i++) {
          expected.set(i, keras.weight(i), 20 * (1 + 0.04 * 10) * Expected.UNIT);
        }
        slab.check(rule + ", " + penalty + " after 20 steps", w, expected);
      }
    }
  }

  private void update(
      UpdateRule rule, Penalty penalty, Matrix w, Matrix grad, Matrix state, Matrix rates) {
    backend().update(rule, penalty, PenaltyMethod.SUBGRADIENT, w, grad, state, rates);
  }

  /** At zero of either sign the penalty does not pull. */
  @Test
  default void updateSubgradientOfTheL1PenaltyIsZeroAtZero() {
    Slab slab = new Slab(backend(), Sample.of("updateSubgradientOfTheL1PenaltyIsZeroAtZero"));
    for (UpdateRule rule : Cases.RULES) {
      slab.clear();
      float[] zeros = slab.sample().withZeros(new float[19], 1);
      Matrix w = slab.put("w", 1, 19, zeros);
      Matrix grad = slab.put("grad", 1, 19, new float[19]);
      Matrix state = slab.put("state", 2, 19, new float[38]);
      Matrix used = rule.stateRows() == 1 ? state.rowRange(0, 1) : state;
      Matrix rates = slab.put("rates", 1, UpdateRule.RATES, rates(rule, 0.01, 1));
      slab.run(() -> update(rule, Penalty.l1(1), w, grad, used, rates), w, state);
      slab.check(rule + " at zero", w, Expected.exactly(new float[19]));
      slab.check(rule + " at zero", state, Expected.exactly(new float[38]));
    }
  }

  /** A rule without state takes any matrix for it, even the weights, and touches nothing of it. */
  @Test
  default void updateWithoutStateTouchesNoState() {
    Slab slab = new Slab(backend(), Sample.of("updateWithoutStateTouchesNoState"));
    UpdateRule rule = new UpdateRule.Sgd(0, false);
    Matrix w = slab.put("w", 1, 3, 1, 2, 3);
    Matrix grad = slab.put("grad", 1, 3, 4, 8, 16);
    Matrix rates = slab.rates(0.5f, 0.5f, 1, 1);
    Matrix other = slab.out("other", 2, 2);
    slab.run(() -> update(rule, Penalty.NONE, w, grad, w, rates), w);
    slab.check("sgd", w, Expected.exactly(-1, -2, -5));
    slab.run(() -> update(rule, Penalty.NONE, w, grad, other, rates), w);
    slab.check("sgd", w, Expected.exactly(-3, -6, -13));
  }

  /** A gradient that is not a number must not disappear, least of all into an exact zero. */
  @ParameterizedTest
  @EnumSource
  default void updateKeepsNan(PenaltyMethod method) {
    Slab slab = new Slab(backend(), Sample.of("updateKeepsNan" + method));
    for (UpdateRule rule : Cases.RULES) {
      for (Penalty penalty : Cases.PENALTIES) {
        slab.clear();
        float[] weights = slab.sample().withZeros(slab.sample().signed(35), 3);
        float[] gradients = slab.sample().signed(35);
        gradients[1] = Float.NaN;
        gradients[34] = Float.NaN;
        weights[7] = Float.NaN;
        weights[33] = Float.NaN;
        Matrix w = slab.put("w", 1, 35, weights);
        Matrix grad = slab.put("grad", 1, 35, gradients);
        Matrix state = slab.put("state", 2, 35, new float[70]);
        Matrix used = rule.stateRows() == 1 ? state.rowRange(0, 1) : state;
        Matrix rates = slab.put("rates", 1, UpdateRule.RATES, rates(rule, 0.01, 1));
        slab.run(() -> backend().update(rule, penalty, method, w, grad, used, rates), w, state);
        float[] found = slab.get(w);
        for (int i = 0; i < 35; i++) {
          assertThat(Float.isNaN(found[i]))
              .as("%s, %s, %s: weight %d is NaN", rule, penalty, method, i)
              .isEqualTo(Float.isNaN(gradients[i]) || Float.isNaN(weights[i]));
        }
      }
    }
  }

  /** What the host writes before step {@code t}. */
  static float[] rates(UpdateRule rule, double learningRate, long t) {
    return rates(rule, learningRate, t, 0);
  }

  /** The same where weights decay. */
  static float[] rates(UpdateRule rule, double learningRate, long t, double decay) {
    double[] rates = rule.rates(learningRate, t);
    return new float[] {(float) rates[0], (float) rates[1], 1, 1, 0, 0, (float) decay};
  }
}
