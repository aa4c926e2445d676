package io.lariat.cuda;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.Penalty;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Network;
import io.lariat.train.Trainer;
import io.lariat.train.Training;
import java.util.SplittableRandom;

/**
 * A training that the emulation does in a moment, with a short last batch and a validation split.
 */
final class SmallTraining {
  static final int FEATURES = 6;
  static final int ROWS = 50;
  static final int BATCH = 8;

  private SmallTraining() {}

  static Dataset data() {
    SplittableRandom random = new SplittableRandom(3);
    float[] x = new float[ROWS * FEATURES];
    float[] y = new float[ROWS];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    for (int i = 0; i < ROWS; i++) {
      y[i] = x[i * FEATURES] - x[i * FEATURES + 1] > 0 ? 1 : 0;
    }
    return Dataset.of(x, FEATURES, y, Task.BINARY);
  }

  static Network network() {
    return Network.of(FEATURES)
        .dense(9, Activation.RELU, Penalty.l1(1e-3))
        .dropout(0.2)
        .dense(5, Activation.TANH, Penalty.l1(1e-3))
        .dense(1, Activation.SIGMOID);
  }

  static Trainer trainer(Backend backend, int epochs) {
    return Trainer.on(backend).batchSize(BATCH).validationSplit(0.1).epochs(epochs).seed(5);
  }

  static Training run(Backend backend, int epochs) {
    return trainer(backend, epochs).fit(network(), data());
  }

  static double[] weights(Training training) {
    return training.model().weights().doubles();
  }
}
