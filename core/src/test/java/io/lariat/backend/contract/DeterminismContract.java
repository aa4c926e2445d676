package io.lariat.backend.contract;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.CategoricalCrossEntropy;
import io.lariat.backend.Loss;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.UpdateRule;
import io.lariat.backend.contract.TrainingStep.Config;
import org.junit.jupiter.api.Test;

/** The same calls give the same bits, whatever works inside. */
interface DeterminismContract extends BackendUnderTest {

  /** Every operation with every activation, loss, rule, penalty and method. */
  @Test
  default void determinismOfEveryOperation() {
    Backend sibling = sibling();
    int number = 0;
    for (Activation f : Activation.values()) {
      for (Loss loss : Cases.losses()) {
        for (PenaltyMethod method : PenaltyMethod.values()) {
          UpdateRule rule = Cases.RULES.get(number / 2 % Cases.RULES.size());
          int penalty = (number / 2 + number / 16) % Cases.PENALTIES.size();
          sameBits(
              sibling,
              new Config(41, 37, 29, 5, f, loss, rule, Cases.PENALTIES.get(penalty), method),
              2);
          number++;
        }
      }
    }
  }

  /** Large enough for a backend to split the work among its threads. */
  @Test
  default void determinismOfALargeStep() {
    sameBits(
        sibling(),
        new Config(
            150,
            301,
            257,
            10,
            Activation.RELU,
            new CategoricalCrossEntropy(),
            new UpdateRule.Adam(0.9, 0.999, 1e-7),
            Cases.PENALTIES.getLast(),
            PenaltyMethod.PROXIMAL),
        3);
  }

  private void sameBits(Backend sibling, Config config, int steps) {
    TrainingStep step = new TrainingStep(backend(), config);
    TrainingStep same = new TrainingStep(sibling, config);
    for (int t = 1; t <= steps; t++) {
      step.feed(t);
      same.feed(t);
      step.run();
      same.run();
      RowsContract.assertSameBits(config + ", step " + t, step.everything(), same.everything());
    }
  }
}
