package io.lariat.train;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.backend.Penalty;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.data.Task;
import io.lariat.model.Network;
import io.lariat.model.Weights;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** AdamW beside its paper. */
class AdamWTest {
  private static final int ROWS = 20;
  private static final int FEATURES = 4;

  private final float[][] x = Synthetic.gaussian(ROWS, FEATURES, 3);
  private final float[] y = new float[ROWS];

  AdamWTest() {
    for (int i = 0; i < ROWS; i++) {
      y[i] = 1 + 2 * x[i][0] - 3 * x[i][1] + 0.1f * x[i][2];
    }
  }

  /** Loshchilov and Hutter 2019, algorithm 2, with the proximal step of l1 behind each step. */
  private double[] expected(
      double[] start, double lr, double decay, double l1, int epochs, Schedule.Cosine schedule) {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double[] w = start.clone();
    double[] m = new double[w.length];
    double[] v = new double[w.length];
    for (int t = 1; t <= epochs; t++) {
      double done = (t - 1.0 - schedule.warmupEpochs()) / (epochs - schedule.warmupEpochs());
      double eta =
          done < 0 ? (t - 1.0) / schedule.warmupEpochs() : (1 + Math.cos(Math.PI * done)) / 2;
      double[] g = gradient(w);
      for (int j = 0; j < w.length; j++) {
        m[j] = beta1 * m[j] + (1 - beta1) * g[j];
        v[j] = beta2 * v[j] + (1 - beta2) * g[j] * g[j];
        double mHat = m[j] / (1 - Math.pow(beta1, t));
        double vHat = v[j] / (1 - Math.pow(beta2, t));
        double stepSize = lr / (Math.sqrt(vHat) + 1e-8);
        double u = w[j] - eta * (stepSize * mHat + lr * decay * w[j]);
        double threshold = j < FEATURES ? eta * stepSize / (1 - Math.pow(beta1, t)) * l1 : 0;
        w[j] = Math.signum(u) * Math.max(Math.abs(u) - threshold, 0);
      }
    }
    return w;
  }

  /** Of the mean squared error, in the coefficients and the intercept. */
  private double[] gradient(double[] w) {
    double[] g = new double[FEATURES + 1];
    for (int i = 0; i < ROWS; i++) {
      double error = w[FEATURES] - y[i];
      for (int j = 0; j < FEATURES; j++) {
        error += w[j] * x[i][j];
      }
      for (int j = 0; j <= FEATURES; j++) {
        g[j] += 2 * error / ROWS * (j < FEATURES ? x[i][j] : 1);
      }
    }
    return g;
  }

  @Test
  void followsThePaperWithTheProximalStep() {
    double l1 = 0.05;
    Network network = Network.of(FEATURES).dense(1, IDENTITY, Penalty.l1(l1));
    Weights start = Weights.initial(network, new Random(1));
    int epochs = 30;
    Schedule.Cosine schedule = new Schedule.Cosine(5, 0);
    double[] decayed = expected(start.doubles(), 0.05, 0.3, l1, epochs, schedule);
    double[] free = expected(start.doubles(), 0.05, 0, l1, epochs, schedule);
    try (Backend backend = Backends.open("reference")) {
      Trainer trainer =
          Trainer.on(backend)
              .epochs(epochs)
              .batchSize(ROWS)
              .shuffle(false)
              .initialWeights(start)
              .schedule(schedule);
      Dataset data = Dataset.of(x, y, Task.REGRESSION);
      double[] found = weights(trainer.optimizer(Optimizer.adamW(0.05, 0.3)), network, data);
      for (int j = 0; j <= FEATURES; j++) {
        assertThat(found[j]).as("weight %d", j).isCloseTo(decayed[j], within(1e-5));
        assertThat(Math.abs(decayed[j] - free[j])).as("what decay did").isGreaterThan(1e-3);
      }
      assertThat(weights(trainer.optimizer(Optimizer.adamW(0.05, 0)), network, data))
          .isEqualTo(weights(trainer.optimizer(Optimizer.adam(0.05)), network, data));
    }
  }

  private static double[] weights(Trainer trainer, Network network, Dataset data) {
    return trainer.fit(network, data).model().weights().doubles();
  }

  @Test
  void sparseRowsAreRefused() {
    SparseRows rows = SparseRows.of(2, new int[] {0, 1, 2}, new int[] {0, 1}, new float[] {1, 1});
    Dataset sparse = Dataset.of(rows, new float[] {0, 1}, Task.BINARY);
    Network network = Network.of(2).dense(3, RELU, Penalty.l1(0.1)).dense(1, SIGMOID);
    try (Backend backend = Backends.open("reference")) {
      Trainer trainer = Trainer.on(backend).optimizer(Optimizer.adamW(0.1, 0.1));
      assertThatThrownBy(() -> trainer.fit(network, sparse))
          .isInstanceOf(TrainingException.class)
          .hasMessageEndingWith(
              ": has sparse rows, of which a step touches a few features; the decay that other"
                  + " weights owe lies between thresholds and cannot be made up for later; use"
                  + " adam, with l2 for a ridge, or give the rows densely");
    }
  }

  @Test
  void aStepTakesAtMostTheWholeWeight() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.adamW(0.1, 20))
        .withMessage(
            "weight decay: expected a number from 0 to 1 / learning rate = 10.0, found 20.0");
    assertThatIllegalArgumentException().isThrownBy(() -> Optimizer.adamW(0.1, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> Optimizer.adamW(0.1, Double.NaN));
  }
}
