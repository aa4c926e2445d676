package io.lariat.backend.contract;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.BinaryCrossEntropy;
import io.lariat.backend.Loss;
import io.lariat.backend.MeanSquaredError;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Recording;
import io.lariat.backend.UpdateRule;
import io.lariat.backend.contract.TrainingStep.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A recorded step: replayed, it does to the bit what its operations do when called. */
interface RecordingContract extends BackendUnderTest {

  @ParameterizedTest
  @EnumSource
  default void recordingReplaysWhatDirectCallsDo(Activation f) {
    Backend sibling = sibling();
    for (Loss loss : Cases.losses()) {
      Config config = config(f, loss);
      TrainingStep recorded = new TrainingStep(backend(), config);
      TrainingStep direct = new TrainingStep(sibling, config);
      try (Recording recording = backend().record(recorded::run)) {
        for (int t = 1; t <= 4; t++) {
          recorded.feed(t);
          direct.feed(t);
          recording.replay();
          direct.run();
          assertSame("replay " + t + ", " + config, recorded, direct);
        }
      }
    }
  }

  @Test
  default void recordingHasNoEffectBeforeItsReplay() {
    Config config = config(Activation.RELU, new BinaryCrossEntropy());
    TrainingStep recorded = new TrainingStep(backend(), config);
    recorded.feed(1);
    float[] before = recorded.everything();
    Recording recording = backend().record(recorded::run);
    RowsContract.assertSameBits("recorded, not replayed", recorded.everything(), before);
    recording.close();
    recording.close();
    RowsContract.assertSameBits("recorded, closed", recorded.everything(), before);
  }

  /**
   * Recordings of one backend, replayed in turn, with direct calls and replays in a row between.
   */
  @Test
  default void recordingsDoNotDisturbEachOther() {
    Config relu = config(Activation.RELU, new BinaryCrossEntropy());
    Config tanh = config(Activation.TANH, new MeanSquaredError());
    TrainingStep first = new TrainingStep(backend(), relu);
    TrainingStep second = new TrainingStep(backend(), tanh);
    Backend sibling = sibling();
    TrainingStep direct = new TrainingStep(sibling, relu);
    TrainingStep directSecond = new TrainingStep(sibling, tanh);
    Recording ofFirst = backend().record(first::run);
    Recording ofSecond = backend().record(second::run);
    for (int t = 1; t <= 3; t++) {
      first.feed(t);
      second.feed(t);
      ofFirst.replay();
      ofSecond.replay();
      ofFirst.replay();
      first.run();
      direct.feed(t);
      directSecond.feed(t);
      direct.run();
      direct.run();
      direct.run();
      directSecond.run();
      assertSame("first recording, round " + t, first, direct);
      assertSame("second recording, round " + t, second, directSecond);
    }
    ofFirst.close();
    second.feed(4);
    directSecond.feed(4);
    ofSecond.replay();
    directSecond.run();
    assertSame("second recording after the first is closed", second, directSecond);
  }

  private static Config config(Activation f, Loss loss) {
    return new Config(
        19,
        13,
        33,
        3,
        f,
        loss,
        new UpdateRule.Adam(0.9, 0.999, 1e-7),
        Penalty.elasticNet(0.01, 0.01),
        PenaltyMethod.PROXIMAL);
  }

  private static void assertSame(String what, TrainingStep actual, TrainingStep expected) {
    RowsContract.assertSameBits(what, actual.everything(), expected.everything());
  }
}
