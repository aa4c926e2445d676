package io.lariat.train;

import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.data.Dataset;
import io.lariat.model.Network;
import io.lariat.model.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mistakes in settings are said at once, in the trainer's words. */
class TrainerSettingsTest {
  private final Backend backend = Backends.open("reference");
  private final Dataset data = Synthetic.binary(40, 2, 1);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  @Tag("B21")
  @SuppressWarnings("NullAway") // what this is about
  void nullIsRefusedByName() {
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    Trainer trainer = Trainer.on(backend);
    calls.put("backend", () -> Trainer.on(null));
    calls.put("optimizer", () -> trainer.optimizer(null));
    calls.put("schedule", () -> trainer.schedule(null));
    calls.put("penalty method", () -> trainer.penaltyMethod(null));
    calls.put("early stopping", () -> trainer.earlyStopping(null));
    calls.put("initial weights", () -> trainer.initialWeights(null));
    calls.put("cancellation", () -> trainer.cancellation(null));
    calls.put("callback", () -> trainer.callback(null));
    calls.put("listener of epochs", () -> trainer.onEpoch(null));
    calls.put("columns to keep", () -> trainer.keep(null));
    calls.put("network", () -> trainer.fit(null, data));
    calls.put("data", () -> trainer.fit(Network.of(2).dense(1, SIGMOID), null));
    calls.forEach(
        (name, call) ->
            assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(name));
  }

  @Test
  @Tag("B13")
  void aLambdaIsToldOfEpochs() {
    List<Integer> told = new ArrayList<>();
    Trainer.on(backend)
        .epochs(3)
        .onEpoch(epoch -> told.add(epoch.number()))
        .fit(Network.of(2).dense(1, SIGMOID), data);
    assertThat(told).containsExactly(1, 2, 3);
  }

  @Test
  @Tag("B16")
  void weightsOfAnotherNetworkAreRefusedWithBothShapes() {
    Network wider = Network.of(2).dense(4, RELU).dense(1, SIGMOID);
    Weights weights = Weights.initial(wider, new Random(1));
    assertThatThrownBy(
            () ->
                Trainer.on(backend)
                    .initialWeights(weights)
                    .fit(Network.of(2).dense(3, RELU).dense(1, SIGMOID), data))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "the initial weights are of a network 2-4-1, this one is 2-3-1; it must have"
                + " the same inputs and layers");
  }
}
