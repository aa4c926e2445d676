package io.lariat.train;

import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Backend;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.data.Task;
import io.lariat.model.Network;
import io.lariat.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training on sparse rows; a backend's test opens the backend. */
public abstract class SparseTrainingContract {

  /** Opens the backend under test. */
  protected abstract Backend open();

  /** One row in {@code every} has a feature, one in three rows is empty. */
  private static float[][] table(int rows, int features, int every, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] x = new float[rows][features];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < features; j++) {
        boolean isThere = i % 3 != 0 && random.nextInt(every) == 0;
        x[i][j] = isThere ? (float) random.nextDouble(0.5, 2) : 0;
      }
    }
    return x;
  }

  private static float[] signs(float[][] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i][0] + x[i][1] > x[i][2] + 0.2 ? 1 : 0;
    }
    return y;
  }

  private static SparseRows sparse(float[][] x) {
    int[] starts = new int[x.length + 1];
    List<Integer> columns = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        if (x[i][j] != 0) {
          columns.add(j);
          values.add(x[i][j]);
        }
      }
      starts[i + 1] = columns.size();
    }
    float[] floats = new float[values.size()];
    for (int k = 0; k < floats.length; k++) {
      floats[k] = values.get(k);
    }
    return SparseRows.of(
        x[0].length, starts, columns.stream().mapToInt(Integer::intValue).toArray(), floats);
  }

  private Training fit(Network network, Dataset data, Optimizer optimizer) {
    try (Backend backend = open()) {
      return Trainer.on(backend)
          .epochs(4)
          .batchSize(16)
          .optimizer(optimizer)
          .validationSplit(0.2)
          .seed(3)
          .fit(network, data);
    }
  }

  private static void assertSameRun(Training sparse, Training dense) {
    for (int e = 0; e < dense.history().epochs().size(); e++) {
      Epoch a = sparse.history().epochs().get(e);
      Epoch b = dense.history().epochs().get(e);
      assertThat(a.dataLoss()).isCloseTo(b.dataLoss(), within(2e-5));
      assertThat(a.validation().loss()).isCloseTo(b.validation().loss(), within(2e-5));
      assertThat(a.zeros()).isEqualTo(b.zeros());
    }
    assertThat(sparse.evaluation().metrics()).isEqualTo(dense.evaluation().metrics());
    assertThat(values(sparse)).hasSameSizeAs(values(dense));
    for (int i = 0; i < values(dense).length; i++) {
      assertThat(values(sparse)[i]).as("weight " + i).isCloseTo(values(dense)[i], within(2e-5f));
    }
  }

  private static float[] values(Training run) {
    Weights weights = run.model().weights();
    float[] values = new float[weights.layout().size()];
    weights.copyTo(values);
    return values;
  }

  /** Delayed thresholds are those of every step, whatever was left out meanwhile. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.003, 0.02})
  void gradientDescentIsThatOfDenseRows(double lambda) {
    float[][] x = table(300, 40, 9, 1);
    Network network = Network.of(40).dense(8, TANH, Penalty.l1(lambda)).dense(1, SIGMOID);
    Training dense = fit(network, Dataset.of(x, signs(x)), Optimizer.sgd(0.1));
    Training sparse = fit(network, Dataset.of(sparse(x), signs(x)), Optimizer.sgd(0.1));
    assertSameRun(sparse, dense);
    if (lambda > 0) {
      assertThat(dense.history().last().zeros().getFirst()).isPositive();
    }
  }

  /** A network without hidden layers, whose only kernel is the one by rows. */
  @Test
  void logisticRegressionIsThatOfDenseRows() {
    float[][] x = table(300, 40, 9, 2);
    Network network = Network.of(40).dense(1, SIGMOID, Penalty.l1(0.002));
    assertSameRun(
        fit(network, Dataset.of(sparse(x), signs(x)), Optimizer.sgd(0.1)),
        fit(network, Dataset.of(x, signs(x)), Optimizer.sgd(0.1)));
  }

  /** Where every batch has every feature, nothing is left out, whatever the optimizer. */
  @ParameterizedTest
  @ValueSource(strings = {"adam", "rmsprop", "momentum", "nesterov"})
  void rulesWithStateAreThoseOfDenseRowsWhereNothingIsLeftOut(String name) {
    Optimizer optimizer =
        switch (name) {
          case "adam" -> Optimizer.adam(0.003);
          case "rmsprop" -> Optimizer.rmsprop(0.003);
          case "momentum" -> Optimizer.sgd(0.02, 0.9);
          default -> Optimizer.nesterov(0.02, 0.9);
        };
    float[][] x = Synthetic.gaussian(304, 12, 5);
    Network network =
        Network.of(12)
            .dense(8, TANH, Penalty.elasticNet(0.001, 0.001))
            .dense(4, TANH, Penalty.elasticNet(0.001, 0.001))
            .dense(1, SIGMOID);
    assertSameRun(
        fit(network, Dataset.of(sparse(x), signs(x)), optimizer),
        fit(network, Dataset.of(x, signs(x)), optimizer));
  }

  /** As dense rows this would be 16 GB. */
  @Test
  void aMillionFeaturesStaySparse() {
    int rows = 4000;
    int features = 1_000_000;
    SplittableRandom random = new SplittableRandom(7);
    int[] starts = new int[rows + 1];
    int[] columns = new int[3 * rows];
    float[] values = new float[3 * rows];
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = random.nextInt(2);
      columns[3 * i] = y[i] == 1 ? 10 : 20;
      columns[3 * i + 1] = random.nextInt(100, 500_000);
      columns[3 * i + 2] = random.nextInt(500_000, features);
      starts[i + 1] = 3 * (i + 1);
    }
    Arrays.fill(values, 1);
    Dataset data = Dataset.of(SparseRows.of(features, starts, columns, values), y, Task.BINARY);
    Network network = Network.of(features).dense(4, RELU, Penalty.l1(0.001)).dense(1, SIGMOID);
    Training run = fit(network, data, Optimizer.adam(0.05));
    assertThat(run.evaluation().metrics().get("accuracy")).isEqualTo(1);
    assertThat(run.history().last().featuresUsed()).isLessThan(20_000);
    assertThat(run.model().weights().usesInput(10) || run.model().weights().usesInput(20)).isTrue();
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    float[][] x = table(300, 40, 9, 4);
    Dataset data = Dataset.of(sparse(x), signs(x));
    Network network = Network.of(40).dense(8, RELU, Penalty.l1(0.003)).dense(1, SIGMOID);
    assertThat(values(fit(network, data, Optimizer.adam(0.01))))
        .isEqualTo(values(fit(network, data, Optimizer.adam(0.01))));
  }

  @Test
  void refusesWhatSparseRowsCannotDo() {
    float[][] x = table(60, 5, 2, 6);
    Dataset data = Dataset.of(sparse(x), signs(x));
    Network network = Network.of(5).dense(4, RELU, Penalty.l1(0.01)).dense(1, SIGMOID);
    try (Backend backend = open()) {
      assertThatThrownBy(() -> Trainer.on(backend).standardize().fit(network, data))
          .isInstanceOf(TrainingException.class)
          .hasMessageStartingWith("data set: has sparse rows, whose zeros would no longer be zero");
      assertThatThrownBy(
              () -> Trainer.on(backend).penaltyMethod(PenaltyMethod.SUBGRADIENT).fit(network, data))
          .isInstanceOf(TrainingException.class)
          .hasMessageEndingWith("use the proximal method");
    }
  }
}
