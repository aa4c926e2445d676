package io.lariat.train;

import static io.lariat.backend.Activation.SIGMOID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.data.Dataset;
import io.lariat.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Learning rates by the definitions of Keras 3, whose numbers were computed by its formulas. */
class ScheduleTest {
  private static final double[] LOSSES = {
    1.0, 0.9, 0.8999, 0.95, 0.91, 0.92, 0.93, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6
  };

  /** The learning rate of each step of {@code epochs} epochs with {@code steps} each. */
  private static List<Double> rates(Schedule schedule, double base, int epochs, int steps) {
    List<Double> rates = new ArrayList<>();
    List<Epoch> past = new ArrayList<>();
    for (int e = 0; e < epochs; e++) {
      IntToDoubleFunction ofStep = schedule.ratesOfEpoch(base, steps, epochs, past);
      for (int i = 0; i < steps; i++) {
        rates.add(ofStep.applyAsDouble(i));
      }
      double loss = LOSSES[e % LOSSES.length];
      // a penalty in the validation loss, which counts
      Epoch.Validation validation = new Epoch.Validation(loss - 0.25, 0.25, 0);
      past.add(new Epoch(e + 1, 1, 0, 0, validation, List.of(), 0, 0));
    }
    return rates;
  }

  @Test
  void constantIsTheOptimizers() {
    assertThat(rates(Schedule.constant(), 0.3, 2, 3)).containsOnly(0.3);
  }

  @Test
  void stepGoesDownAfterSoManyEpochs() {
    assertThat(rates(Schedule.step(2, 0.5), 0.8, 5, 2))
        .containsExactly(0.8, 0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.4, 0.2, 0.2);
  }

  @Test
  void cosineIsThatOfKeras() {
    List<Double> warm = rates(new Schedule.Cosine(1, 0.1), 0.2, 4, 5);
    double[] expected = {
      0, 0.04, 0.16, 0.2, 0.198033284066, 0.155, 0.065, 0.021966715934,
    };
    int[] at = {0, 1, 4, 5, 6, 10, 15, 19};
    for (int i = 0; i < at.length; i++) {
      assertThat(warm.get(at[i])).as("step %d", at[i]).isCloseTo(expected[i], within(1e-12));
    }
    List<Double> cold = rates(Schedule.cosine(0), 0.2, 4, 5);
    assertThat(cold.getFirst()).isEqualTo(0.2);
    assertThat(cold.get(1)).isCloseTo(0.19876883406, within(1e-11));
    assertThat(cold.getLast()).isCloseTo(0.00123116594, within(1e-11));
  }

  @Test
  void plateauIsThatOfKeras() {
    assertThat(rates(new Schedule.Plateau(0.5, 2, 1e-3, 0, 0), 0.1, 15, 1))
        .containsExactly(
            0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.025, 0.025, 0.025, 0.025, 0.0125, 0.0125, 0.00625,
            0.00625, 0.003125);
    assertThat(rates(new Schedule.Plateau(0.5, 2, 1e-3, 2, 0), 0.1, 15, 1))
        .containsExactly(
            0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.025, 0.025, 0.0125, 0.0125, 0.0125,
            0.00625, 0.00625);
    assertThat(rates(new Schedule.Plateau(0.5, 1, 1e-3, 0, 0.02), 0.1, 7, 1))
        .containsExactly(0.1, 0.1, 0.1, 0.05, 0.025, 0.02, 0.02);
  }

  @Test
  void numbersThatMakeNoScheduleAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.step(0, 0.5))
        .withMessage("schedule: expected at least 1 epochs of a step, found 0");
    for (double factor : new double[] {0, 1, -1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Schedule.step(1, factor))
          .withMessage("schedule: expected a factor above 0 and below 1, found " + factor);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.cosine(-1))
        .withMessage("schedule: expected at least 0 epochs of warm-up, found -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule.Cosine(0, 1.5))
        .withMessage("schedule: expected an alpha from 0 to 1, found 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.plateau(0))
        .withMessage("schedule: expected at least 1 epochs of patience, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule.Plateau(0.5, 1, Double.NaN, 0, 0))
        .withMessage("schedule: expected a min delta of at least 0, found NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule.Plateau(0.5, 1, 0, -1, 0))
        .withMessage("schedule: expected at least 0 epochs of cooldown, found -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule.Plateau(0.5, 1, 0, 0, Double.POSITIVE_INFINITY))
        .withMessage("schedule: expected a least learning rate of at least 0, found Infinity");
  }

  @Test
  void aFitSaysWhatItsScheduleNeeds() {
    Dataset data = Synthetic.binary(40, 2, 1);
    Network network = Network.of(2).dense(1, SIGMOID);
    try (Backend backend = Backends.open("reference")) {
      assertThatThrownBy(() -> Trainer.on(backend).schedule(Schedule.plateau(2)).fit(network, data))
          .isInstanceOf(TrainingException.class)
          .hasMessage(
              "the schedule follows the validation loss; set a validation split above 0, or"
                  + " another schedule");
      Trainer warm = Trainer.on(backend).epochs(3).schedule(Schedule.cosine(3));
      assertThatThrownBy(() -> warm.fit(network, data))
          .isInstanceOf(TrainingException.class)
          .hasMessage(
              "schedule: a warm-up of 3 epochs leaves none of 3 for the cosine; warm up in fewer,"
                  + " or train for more");
      assertThat(warm.epochs(4).fit(network, data).history().epochs()).hasSize(4);
    }
  }

  @Test
  void historyHasTheLearningRateOfEachEpochsLastStep() {
    Dataset data = Synthetic.binary(40, 2, 1);
    Network network = Network.of(2).dense(1, SIGMOID);
    try (Backend backend = Backends.open("reference")) {
      Trainer trainer =
          Trainer.on(backend)
              .epochs(3)
              .batchSize(10)
              .optimizer(Optimizer.sgd(0.4))
              .schedule(Schedule.cosine(1));
      assertThat(trainer.fit(network, data).history().learningRates())
          .containsExactly(
              0.4 * 3 / 4,
              0.4 * (0.5 * (1 + Math.cos(Math.PI * 3 / 8))),
              0.4 * (0.5 * (1 + Math.cos(Math.PI * 7 / 8))));
    }
  }
}
