package io.lariat.train;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Penalty.l1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Backend;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.data.Standardization;
import io.lariat.data.Task;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that are constant in the training rows; a backend's test opens the backend. */
@Tag("F5")
public abstract class ConstantInputsContract {
  private static final int ROWS = 120;
  private static final int TRAINED = 90;
  private static final int CONSTANT = 1;
  private static final int ZERO = 3;
  private static final int LATER = 4;

  /** Opens the backend under test. */
  protected abstract Backend open();

  /** x0 and x2 vary, x1 is 14.62, x3 is 0; x4 is 0 in training rows and 1 in those after. */
  private static Dataset data() {
    float[][] x = Synthetic.gaussian(ROWS, 5, 7);
    float[] y = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      x[i][CONSTANT] = 14.62f;
      x[i][ZERO] = 0;
      x[i][LATER] = i < TRAINED ? 0 : 1;
      y[i] = x[i][0] - x[i][2] + 3;
    }
    return Dataset.of(x, y, Task.REGRESSION);
  }

  private static Network network(Penalty penalty) {
    return Network.of(5).dense(8, RELU, penalty).dense(1, IDENTITY);
  }

  static Stream<Arguments> settings() {
    List<Arguments> all = new ArrayList<>();
    List<Optimizer> optimizers =
        List.of(
            Optimizer.adam(0.01),
            Optimizer.sgd(0.01),
            Optimizer.nesterov(0.01, 0.9),
            Optimizer.rmsprop(0.01));
    List<Penalty> penalties =
        List.of(Penalty.NONE, l1(1e-3), new Penalty(0, 1e-2), new Penalty(1e-3, 0, 1e-3));
    for (Optimizer optimizer : optimizers) {
      for (Penalty penalty : penalties) {
        for (PenaltyMethod method : PenaltyMethod.values()) {
          for (boolean standardize : new boolean[] {true, false}) {
            all.add(Arguments.of(optimizer, penalty, method, standardize));
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void theirWeightsAreZeroAndMoveNoPrediction(
      Optimizer optimizer, Penalty penalty, PenaltyMethod method, boolean standardize) {
    try (Backend backend = open()) {
      Trainer trainer =
          Trainer.on(backend)
              .epochs(2)
              .batchSize(32)
              .optimizer(optimizer)
              .penaltyMethod(method)
              .validationSplit(0.25);
      Training run = (standardize ? trainer.standardize() : trainer).fit(network(penalty), data());
      assertUnused(run.model());
      assertThat(run.history().last().featuresUsed()).isEqualTo(2);
      assertThat(run.model().predict(new float[] {1, 14.62f, 1, 0, 0}))
          .containsExactly(run.model().predict(new float[] {1, -1e30f, 1, 5, 1}));
    }
  }

  private static void assertUnused(Model model) {
    assertThat(model.weights().usesInput(0)).isTrue();
    assertThat(model.weights().usesInput(2)).isTrue();
    for (int j : new int[] {CONSTANT, ZERO, LATER}) {
      for (int unit = 0; unit < model.weights().layout().out(0); unit++) {
        assertThat(Float.floatToRawIntBits(model.weights().kernel(0, j, unit)))
            .as("bits of the weight from x%d to unit %d", j, unit)
            .isZero();
      }
    }
  }

  /** The draw of the others is as if all were drawn. */
  @Test
  void theOtherWeightsStartAsEver() {
    try (Backend backend = open()) {
      Training run =
          Trainer.on(backend)
              .epochs(1)
              .optimizer(Optimizer.sgd(1e-30))
              .seed(9)
              .standardize()
              .validationSplit(0.25)
              .fit(network(Penalty.NONE), data());
      Weights drawn = Weights.initial(network(Penalty.NONE), new RandomStreams(9).weights);
      for (int j : new int[] {0, 2}) {
        for (int unit = 0; unit < 8; unit++) {
          assertThat(run.model().weights().kernel(0, j, unit)).isEqualTo(drawn.kernel(0, j, unit));
        }
      }
    }
  }

  /** A model that has seen x1, x3 and x4 vary is continued on rows in which they do not. */
  @Test
  @Tag("B2")
  void aModelThatKnewThemKeepsTheirWeights() {
    Network network = network(new Penalty(0.05, 0, 0.05));
    Weights given = Weights.initial(network, new Random(2));
    double[] mean = {0.1, 14, -0.2, 0.3, 0.5};
    double[] deviation = {1, 0.7, 1.2, 2, 0.5};
    for (boolean standardize : new boolean[] {true, false}) {
      Standardization features = standardize ? new Standardization(mean, deviation) : null;
      Standardization target =
          standardize ? new Standardization(new double[] {3}, new double[] {1.4}) : null;
      Model model = new Model(network, given, data().schema(), features, target, Map.of());
      try (Backend backend = open()) {
        Training run =
            Trainer.on(backend)
                .epochs(4)
                .batchSize(16)
                .validationSplit(0.25)
                .continueFrom(model)
                .fit(data());
        for (int j : new int[] {CONSTANT, ZERO, LATER}) {
          for (int unit = 0; unit < 8; unit++) {
            assertThat(run.model().weights().kernel(0, j, unit))
                .isEqualTo(given.kernel(0, j, unit));
          }
        }
        assertThat(run.model().weights().kernel(0, 0, 0)).isNotEqualTo(given.kernel(0, 0, 0));
        Epoch.Validation validation = run.history().last().validation();
        assertThat(validation).isNotNull();
        double mae = run.evaluation().metrics().get("mae");
        assertThat(validation.metric()).isCloseTo(mae, within(1e-4 * mae));
      }
    }
  }

  @Test
  void sparseRowsDoTheSame() {
    float[][] x = Synthetic.gaussian(ROWS, 6, 3);
    int[] starts = new int[ROWS + 1];
    List<Integer> columns = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    float[] y = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      add(columns, values, 0, x[i][0]);
      add(columns, values, 1, 2.5f); // the same in each row
      if (i % 3 == 0) {
        add(columns, values, 2, 1); // in some rows only: varies
      }
      if (i >= TRAINED) {
        add(columns, values, 4, 7); // in no training row, nor is x3 in any
      }
      starts[i + 1] = columns.size();
      y[i] = x[i][0] > 0 ? 1 : 0;
    }
    float[] floats = new float[values.size()];
    for (int k = 0; k < floats.length; k++) {
      floats[k] = values.get(k);
    }
    int[] numbers = columns.stream().mapToInt(Integer::intValue).toArray();
    Dataset data = Dataset.of(SparseRows.of(5, starts, numbers, floats), y, Task.BINARY);
    Network network = Network.of(5).dense(8, RELU, l1(1e-4)).dense(1, SIGMOID);
    try (Backend backend = open()) {
      Trainer trainer = Trainer.on(backend).epochs(3).batchSize(16).validationSplit(0.25);
      Training run = trainer.fit(network, data);
      Weights weights = run.model().weights();
      assertThat(List.of(0, 1, 2, 3, 4).stream().filter(weights::usesInput)).containsExactly(0, 2);
      Weights given = Weights.initial(network, new Random(2));
      Model model = new Model(network, given, data.schema(), null, null, Map.of());
      Weights kept = trainer.continueFrom(model).fit(data).model().weights();
      for (int j : new int[] {3, 4}) {
        for (int unit = 0; unit < 8; unit++) {
          assertThat(kept.kernel(0, j, unit)).isEqualTo(given.kernel(0, j, unit));
        }
      }
    }
  }

  private static void add(List<Integer> columns, List<Float> values, int column, float value) {
    columns.add(column);
    values.add(value);
  }
}
