package io.lariat.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host writes before a step, and which numbers a rule takes. */
class UpdateRuleTest {

  /** The threshold's rate is how far a constant gradient of 1 moves a weight in that step. */
  @ParameterizedTest
  @CsvSource({"0, false", "0, true", "0.5, false", "0.5, true", "0.9, false", "0.9, true"})
  void sgdThresholdsAsFarAsAConstantGradientMoves(double momentum, boolean nesterov) {
    UpdateRule rule = new UpdateRule.Sgd(momentum, nesterov);
    double lr = 0.01;
    double m = 0;
    for (int t = 1; t <= 200; t++) {
      m = momentum * m - lr;
      double move = nesterov ? momentum * m - lr : m;
      assertThat(rule.rates(lr, t)).containsExactly(new double[] {lr, -move}, within(1e-15));
    }
  }

  /** Also where learning rates differ from step to step, one of them 0. */
  @ParameterizedTest
  @CsvSource({"0, false", "0, true", "0.5, false", "0.5, true", "0.9, false", "0.9, true"})
  void sgdThresholdsAsFarWhereTheLearningRateChanges(double momentum, boolean nesterov) {
    UpdateRule rule = new UpdateRule.Sgd(momentum, nesterov);
    double m = 0;
    double before = Double.NaN;
    double carried = 0;
    for (int t = 1; t <= 200; t++) {
      double lr = t == 7 ? 0 : t <= 100 ? 0.01 * t : 1e-5;
      carried = t == 1 ? 0 : rule.carried(lr, t, before, carried);
      before = lr;
      m = momentum * m - lr;
      double move = nesterov ? momentum * m - lr : m;
      assertThat(rule.rates(lr, t, carried))
          .as("step %d", t)
          .containsExactly(new double[] {lr, -move}, within(1e-13));
    }
  }

  @Test
  void onlyMomentumCarriesALearningRateOver() {
    for (UpdateRule rule :
        new UpdateRule[] {
          new UpdateRule.Sgd(0, false),
          new UpdateRule.RmsProp(0.9, 1e-7),
          new UpdateRule.Adam(0.9, 0.999, 1e-7)
        }) {
      assertThat(rule.carried(0.01, 5, 0.1, 0)).isZero();
    }
    assertThat(new UpdateRule.Sgd(0.5, false).carried(0.01, 2, 0.1, 0))
        .isCloseTo(0.5 * 0.09, within(1e-15));
  }

  @Test
  void sgdWithoutMomentumThresholdsAtTheLearningRate() {
    assertThat(new UpdateRule.Sgd(0, false).rates(0.25, 1)).containsExactly(0.25, 0.25);
    assertThat(new UpdateRule.Sgd(0, true).rates(0.25, 7)).containsExactly(0.25, 0.25);
  }

  @Test
  void rmsPropUsesTheLearningRate() {
    assertThat(new UpdateRule.RmsProp(0.9, 1e-7).rates(0.1, 3)).containsExactly(0.1, 0.1);
  }

  @Test
  void adamCorrectsBothMeans() {
    UpdateRule rule = new UpdateRule.Adam(0.9, 0.999, 1e-7);
    // the step on a constant gradient is lr from the first step on
    double m = 0;
    double v = 0;
    for (int t = 1; t <= 50; t++) {
      m += (1 - m) * 0.1;
      v += (1 - v) * 0.001;
      double[] rates = rule.rates(0.01, t);
      assertThat(rates[0] * m / Math.sqrt(v)).isCloseTo(0.01, within(1e-14));
      assertThat(rates[1]).isEqualTo(rates[0]);
    }
    assertThat(rule.rates(0.01, 10_000_000_000L)).containsExactly(0.01, 0.01);
  }

  @Test
  void stateRowsAreWhatTheRuleRemembers() {
    assertThat(new UpdateRule.Sgd(0, true).stateRows()).isZero();
    assertThat(new UpdateRule.Sgd(0.1, false).stateRows()).isEqualTo(1);
    assertThat(new UpdateRule.RmsProp(0.9, 1e-7).stateRows()).isEqualTo(1);
    assertThat(new UpdateRule.Adam(0.9, 0.999, 1e-7).stateRows()).isEqualTo(2);
  }

  /** So that a weight at rest at zero, whose |g| is at most l1, cannot leave: see the Javadoc. */
  @Test
  void thresholdFloorNeverExceedsWhereTheLargestStepIsStopped() {
    for (double decay : new double[] {0, 0.5, 0.9, 0.99, 0.999, 0.9999}) {
      assertThat(new UpdateRule.RmsProp(decay, 1e-7).thresholdFloor(2))
          .isPositive()
          .isLessThanOrEqualTo(2 * Math.sqrt(1 - decay));
      assertThat(new UpdateRule.Adam(0.9, decay, 1e-7).thresholdFloor(2))
          .isPositive()
          .isLessThanOrEqualTo(2 * Math.sqrt(1 - decay) / (1 - 0.9));
    }
    assertThat(new UpdateRule.Adam(0.9, 0.999, 1e-7).thresholdFloor(0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, -0.1, 2, Double.NaN, Double.POSITIVE_INFINITY})
  void decaysAreFractions(double wrong) {
    String found = ": expected a number in [0, 1), found " + wrong;
    assertThatThrownBy(() -> new UpdateRule.Sgd(wrong, false)).hasMessage("momentum" + found);
    assertThatThrownBy(() -> new UpdateRule.RmsProp(wrong, 1e-7)).hasMessage("rho" + found);
    assertThatThrownBy(() -> new UpdateRule.Adam(wrong, 0.9, 1e-7)).hasMessage("beta1" + found);
    assertThatThrownBy(() -> new UpdateRule.Adam(0.9, wrong, 1e-7)).hasMessage("beta2" + found);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-7, Double.NaN, Double.POSITIVE_INFINITY})
  void epsilonIsPositive(double wrong) {
    String message = "epsilon: expected a positive number, found " + wrong;
    assertThatThrownBy(() -> new UpdateRule.RmsProp(0.9, wrong)).hasMessage(message);
    assertThatThrownBy(() -> new UpdateRule.Adam(0.9, 0.999, wrong)).hasMessage(message);
  }

  @Test
  void epsilonHasAReciprocal() {
    String message = "epsilon: expected at least 1.2e-38, the smallest normal float, found 1.0E-40";
    assertThatThrownBy(() -> new UpdateRule.RmsProp(0.9, 1e-40)).hasMessage(message);
    assertThatThrownBy(() -> new UpdateRule.Adam(0.9, 0.999, 1e-40)).hasMessage(message);
  }
}
