package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Recording;
import io.lariat.backend.UpdateRule;
import io.lariat.backend.contract.Grouped.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Penalties at other strengths than those they were named with: data of a step, like its rates. */
interface StrengthsContract extends BackendUnderTest {

  /** Powers of two, so that a product rounds nothing and bits can be compared. */
  float LASSO = 0.25f;

  /** As {@link #LASSO}, of l2. */
  float RIDGE = 4;

  @ParameterizedTest
  @EnumSource
  default void strengthsMultiplyThePenalty(PenaltyMethod method) {
    Slab slab = new Slab(backend(), Sample.of("strengthsMultiplyThePenalty" + method));
    for (UpdateRule rule : Cases.RULES) {
      for (Penalty penalty : Cases.PENALTIES) {
        slab.clear();
        float[] weights = slab.sample().withZeros(slab.sample().uniform(70, -0.05, 0.05), 4);
        float[] gradient = slab.sample().uniform(70, -0.3, 0.3);
        assertThat(step(slab, rule, penalty, method, weights, gradient, LASSO, RIDGE))
            .as("%s, %s, %s", rule, penalty, method)
            .containsExactly(
                step(slab, rule, penalty.times(LASSO, RIDGE), method, weights, gradient, 1, 1));
      }
    }
  }

  /** The penalty, then the weights after a step. */
  private float[] step(
      Slab slab,
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      float[] weights,
      float[] gradient,
      float lasso,
      float ridge) {
    int n = weights.length;
    int stateRows = Math.max(rule.stateRows(), 1);
    Matrix w = slab.put("w", 1, n, weights);
    Matrix grad = slab.put("grad", 1, n, gradient);
    Matrix state = slab.put("state", stateRows, n, new float[stateRows * n]);
    Matrix rates = slab.rates(0.01f, 0.02f, lasso, ridge);
    Matrix sum = slab.out("sum", 1, 1);
    slab.run(
        () -> backend().penaltyAndUpdate(rule, penalty, method, w, grad, state, rates, sum),
        w,
        state,
        sum);
    float[] found = new float[n + 1];
    found[0] = slab.get(sum)[0];
    System.arraycopy(slab.get(w), 0, found, 1, n);
    return found;
  }

  @ParameterizedTest
  @EnumSource
  default void strengthsMultiplyThePenaltyOfGroups(PenaltyMethod method) {
    Slab slab = new Slab(backend(), Sample.of("strengthsMultiplyThePenaltyOfGroups" + method));
    Penalty penalty = new Penalty(0.02, 0.05, 0.1);
    for (UpdateRule rule : Cases.RULES) {
      slab.clear();
      float[] weights = slab.sample().uniform(24, -0.05, 0.05);
      float[] gradient = slab.sample().uniform(24, -0.3, 0.3);
      assertThat(groupStep(slab, rule, penalty, method, weights, gradient, LASSO, RIDGE))
          .as("%s, %s", rule, method)
          .containsExactly(
              groupStep(slab, rule, penalty.times(LASSO, RIDGE), method, weights, gradient, 1, 1));
    }
  }

  private float[] groupStep(
      Slab slab,
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      float[] weights,
      float[] gradient,
      float lasso,
      float ridge) {
    Grouped k = new Grouped(slab, rule, Layout.of(4, 1, 2, 3), weights);
    slab.set(k.grad, gradient);
    slab.set(k.rates, 0.01f, 0.02f, lasso, ridge, 0, 0, 0);
    Matrix sum = slab.out("sum", 1, 1);
    slab.run(() -> backend().penalty(penalty, k.groups, k.rates, k.w, sum), sum);
    slab.run(
        () -> backend().update(rule, penalty, method, k.groups, k.w, k.grad, k.state, k.rates),
        k.w,
        k.state);
    float[] found = new float[weights.length + 1];
    found[0] = slab.get(sum)[0];
    System.arraycopy(k.weights(), 0, found, 1, weights.length);
    return found;
  }

  /** A path over lambda replays one recording. */
  @Test
  default void strengthsMayChangeBetweenReplays() {
    Slab slab = new Slab(backend(), Sample.of("strengthsMayChangeBetweenReplays"));
    UpdateRule rule = new UpdateRule.Sgd(0, false);
    Penalty penalty = Penalty.l1(1);
    Matrix w = slab.put("w", 1, 3, 1, 1, 1);
    Matrix grad = slab.put("grad", 1, 3, 0, 0, 0);
    Matrix rates = slab.rates(1, 1, 0.25f, 1);
    Matrix sum = slab.put("sum", 1, 1, 0);
    try (Recording recording =
        backend()
            .record(
                () ->
                    backend()
                        .penaltyAndUpdate(
                            rule, penalty, PenaltyMethod.PROXIMAL, w, grad, w, rates, sum))) {
      slab.run(recording::replay, w, sum);
      assertThat(slab.get(w)).containsExactly(0.75f, 0.75f, 0.75f);
      assertThat(slab.get(sum)).containsExactly(0.75f);
      slab.set(rates, 1, 1, 0.5f, 1, 0, 0, 0);
      slab.run(recording::replay, w, sum);
      assertThat(slab.get(w)).containsExactly(0.25f, 0.25f, 0.25f);
      assertThat(slab.get(sum)).containsExactly(1.125f);
    }
  }
}
