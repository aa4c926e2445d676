package io.lariat.optimality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Activation;
import io.lariat.model.Network;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The data loss in double, its gradient, and rows at kinks. */
class ObjectiveTest {

  private static double[] gaussians(int count, long seed) {
    Random random = new Random(seed);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "1, TANH, 1, SIGMOID", "131, TANH, 1, SIGMOID", "128, SOFTPLUS, 3, SOFTMAX",
    "257, SIGMOID, 3, SOFTMAX", "130, IDENTITY, 1, IDENTITY", "300, RELU, 1, IDENTITY",
    "131, GELU, 1, SIGMOID", "200, SILU, 3, SOFTMAX", "140, ELU, 1, IDENTITY",
    "300, LEAKY_RELU, 1, SIGMOID"
  })
  void theGradientIsThatOfFiniteDifferences(
      int rows, Activation hidden, int outputs, Activation head) {
    Network network = Network.of(6).dense(5, hidden).dense(2, hidden).dense(outputs, head);
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = outputs == 3 ? i % 3 : i % 2;
    }
    Objective objective = Objective.of(network, gaussians(rows * 6, 1), y);
    double[] w = gaussians(objective.layout().size(), 2);
    w[3] = 0;
    w[4] = 0;
    double[] g = new double[w.length];
    double loss = objective.dataLossAndGradient(w, g);
    assertThat(objective.dataLoss(w)).isEqualTo(loss);
    double h = 1e-6;
    for (int e = 0; e < w.length; e++) {
      double at = w[e];
      w[e] = at + h;
      double above = objective.dataLoss(w);
      w[e] = at - h;
      double below = objective.dataLoss(w);
      w[e] = at;
      // h^2 of the third derivative, and rounding of the losses over 2 h
      assertThat((above - below) / (2 * h)).as("parameter %d", e).isCloseTo(g[e], within(1e-8));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RELU", "LEAKY_RELU"})
  void rowsAtKinksAreThoseOfLiveUnits(Activation f) {
    Network network = Network.of(1).dense(2, f).dense(1, Activation.IDENTITY);
    Objective objective = Objective.of(network, new double[] {1, 2, 3}, new double[3]);
    // units x - 2 and x - 3; only the first has a weight to the output
    double[] w = {1, 1, 1, 0, -2, -3, 0};
    assertThat(objective.rowsAtKinks(w, 1e-9)).isEqualTo(1);
    w[3] = 1;
    assertThat(objective.rowsAtKinks(w, 1e-9)).isEqualTo(2);
    assertThat(objective.rowsAtKinks(w, 1)).isEqualTo(3);
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    Network network = Network.of(2).dense(1, Activation.IDENTITY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Objective.of(network, new double[3], new double[2]))
        .withMessageContaining("[2 x 2]");
  }
}
