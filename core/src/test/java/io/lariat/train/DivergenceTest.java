package io.lariat.train;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Penalty.l1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.backend.Penalty;
import io.lariat.data.Dataset;
import io.lariat.model.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a run whose numbers are no longer finite. */
class DivergenceTest {
  private final Backend backend = Backends.open("reference");
  private final Dataset data = Synthetic.regression(64, 4, 1);

  @AfterEach
  void close() {
    backend.close();
  }

  private static Network network(Penalty penalty) {
    return Network.of(4).dense(1, IDENTITY, penalty);
  }

  /** With one step an epoch there is no other step than the first. */
  @Test
  @Tag("H2")
  void theStepIsThatOfTheEpoch() {
    for (int epochs = 1; epochs < 20; epochs++) {
      Trainer trainer =
          Trainer.on(backend).epochs(epochs).batchSize(64).optimizer(Optimizer.sgd(1e5));
      try {
        trainer.fit(network(Penalty.NONE), data);
      } catch (DivergedException e) {
        assertThat(e.step()).isEqualTo(1);
        assertThat(e.epoch()).isLessThanOrEqualTo(epochs);
        assertThat(e).hasMessageContaining("at step 1 of epoch " + e.epoch());
      }
    }
  }

  @Test
  @Tag("F17")
  void aPenaltyThatNoFloatHoldsIsRefused() {
    for (Penalty penalty :
        new Penalty[] {l1(1e308), new Penalty(0, 1e308), new Penalty(0, 0, 1e39)}) {
      assertThatThrownBy(() -> Trainer.on(backend).fit(network(penalty), data))
          .isInstanceOf(TrainingException.class)
          .hasMessageMatching(
              "a penalty of \\S+ is too large for training in float32; use at most 3e38");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {2e38, 3.4e38})
  @Tag("F17")
  void aPenaltyThatOverflowsIsToldFromALearningRate(double lambda) {
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(
            () ->
                Trainer.on(backend)
                    .standardize()
                    .fit(Network.of(4).dense(64, IDENTITY).dense(1, IDENTITY, l1(lambda)), data))
        .withMessageStartingWith(
            "the penalty became Infinity at step 1 of epoch 1; use a smaller penalty, or a");
  }
}
