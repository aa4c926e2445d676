package io.lariat.optimality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Activation;
import io.lariat.backend.Penalty;
import io.lariat.model.InputGroup;
import io.lariat.model.Network;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Penalty, proximal step and residual fit together. */
class NetworkPenaltyTest {

  private static Network network(double l1, double l2, double group) {
    return Network.of(6)
        .dense(3, Activation.TANH, new Penalty(l1, l2, group))
        .dense(1, Activation.IDENTITY, new Penalty(l1, l2))
        .inputGroups(
            List.of(
                new InputGroup(2, 1),
                new InputGroup(1, 0),
                new InputGroup(2, 0.5),
                new InputGroup(1, 3)));
  }

  /**
   * {@code v = prox(u)} solves {@code min 1/2 ||v - u||^2 / t + penalty}, whose gradient is known.
   */
  @ParameterizedTest
  @CsvSource({"0.5, 0, 0", "0.5, 0.3, 0", "0, 0, 0.6", "0.3, 0, 0.4", "0.2, 0.1, 0.5", "0, 0.2, 0"})
  void theProximalStepSatisfiesItsOwnOptimalityConditions(double l1, double l2, double group) {
    NetworkPenalty penalty = NetworkPenalty.of(network(l1, l2, group));
    Random random = new Random(3);
    double[] u = new double[6 * 3 + 3 + 4];
    int zeros = 0;
    for (int draw = 0; draw < 50; draw++) {
      double step = 0.1 + random.nextDouble();
      for (int e = 0; e < u.length; e++) {
        u[e] = random.nextGaussian();
      }
      double[] v = u.clone();
      penalty.proximal(v, step);
      double[] g = new double[u.length];
      for (int e = 0; e < u.length; e++) {
        g[e] = (v[e] - u[e]) / step;
        zeros += v[e] == 0 ? 1 : 0;
        assertThat(Double.doubleToRawLongBits(v[e])).isNotEqualTo(Long.MIN_VALUE); // no -0.0
      }
      assertThat(penalty.residual(v, g).value()).as("draw %d", draw).isCloseTo(0, within(1e-13));
    }
    assertThat(zeros > 0).isEqualTo(l1 > 0 || group > 0);
  }
}
