package io.lariat.train;

import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Activation.TANH;
import static io.lariat.backend.Penalty.l1;
import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Backend;
import io.lariat.backend.Penalty;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.Predictor;
import io.lariat.model.Weights;
import io.lariat.path.LambdaPath;
import io.lariat.path.NetworkPath;
import io.lariat.path.NetworkSolution;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A run that has no room for any one of its allocations gives all others back, and the next run has
 * the bits that it always has. A backend's test opens the backend.
 */
@Tag("H1")
public abstract class FailedAllocationContract {
  private final Dataset data = Synthetic.binary(80, 10, 1);

  /** Opens the backend under test. */
  protected abstract Backend open();

  private static Network network(Penalty penalty) {
    return Network.of(10).dense(16, RELU, penalty).dropout(0.2).dense(8, TANH).dense(1, SIGMOID);
  }

  private static Trainer trainer(Backend backend) {
    return Trainer.on(backend).epochs(2).batchSize(24).validationSplit(0.2);
  }

  private static double[] bits(Training run) {
    return run.model().weights().doubles();
  }

  @Test
  void aTrainingLeavesNothingBehind() {
    assertNothingLeft(
        28,
        backend ->
            bits(
                trainer(backend)
                    .earlyStopping(EarlyStopping.patience(1))
                    .fit(network(l1(1e-3)), data)));
  }

  @Test
  void norDoesOneWithAGroupPenalty() {
    assertNothingLeft(
        29, backend -> bits(trainer(backend).fit(network(new Penalty(1e-3, 0, 1e-3)), data)));
  }

  @Test
  void norOneOfSparseRows() {
    Dataset sparse = sparse();
    assertNothingLeft(36, backend -> bits(trainer(backend).fit(network(l1(1e-3)), sparse)));
  }

  /** Rows that grow longer, so that batches ask for more room on the way. */
  private static Dataset sparse() {
    int rows = 80;
    int[] starts = new int[rows + 1];
    int[] columns = new int[rows * 10];
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      int length = i % 7 == 0 ? 10 : 1 + i / 20;
      for (int k = 0; k < length; k++) {
        columns[starts[i] + k] = (i + k) % 10;
      }
      Arrays.sort(columns, starts[i], starts[i] + length);
      starts[i + 1] = starts[i] + length;
      y[i] = i % 2;
    }
    int elements = starts[rows];
    float[] values = new float[elements];
    Arrays.fill(values, 1);
    return Dataset.of(SparseRows.of(10, starts, Arrays.copyOf(columns, elements), values), y);
  }

  @Test
  void norDoesAPredictionOfDenseLayers() {
    assertNothingLeft(7, backend -> prediction(model(0), backend));
  }

  @Test
  void norOneThatGoesByColumns() {
    assertNothingLeft(12, backend -> prediction(model(0.95), backend));
  }

  /** Of 40 first weights a unit the share {@code zeros} is zero. */
  private static Model model(double zeros) {
    Network network = Network.of(40).dense(40, RELU).dense(1, SIGMOID);
    Weights weights = Weights.initial(network, new Random(1));
    float[] values = new float[weights.layout().size()];
    weights.copyTo(values);
    for (int k = 0; k < 1600; k++) {
      values[k] = k % 100 < 100 * zeros ? 0 : values[k];
    }
    Dataset some = Synthetic.binary(10, 40, 1);
    return new Model(
        network, Weights.copyOf(weights.layout(), values), some.schema(), null, null, Map.of());
  }

  private static double[] prediction(Model model, Backend backend) {
    double[] rows = new Random(2).doubles(50L * 40).toArray();
    double[] out = new double[50];
    try (Predictor predictor = Predictor.of(model, backend)) {
      predictor.predict(rows, 50, out);
    }
    return out;
  }

  /** The trainings of two lambdas on all rows and on those of two folds. */
  @Test
  void norAPathOfNetworks() {
    Dataset few = Synthetic.binary(40, 4, 2);
    NetworkPath path =
        NetworkPath.of(Network.of(4).dense(3, TANH).dense(1, SIGMOID))
            .lambdas(0.02, 0.01)
            .folds(2)
            .epochs(1)
            .batchSize(16);
    assertNothingLeft(45, backend -> bits(path.fit(few, () -> backend)));
  }

  private static double[] bits(LambdaPath<NetworkSolution> path) {
    return path.points().stream()
        .map(LambdaPath.Point::solution)
        .flatMapToDouble(solution -> Arrays.stream(solution.weights().doubles()))
        .toArray();
  }

  private void assertNothingLeft(int least, Function<Backend, double[]> run) {
    Dataset few = Synthetic.binary(20, 3, 3);
    Network small = Network.of(3).dense(4, RELU, l1(1e-3)).dense(1, SIGMOID);
    Function<Backend, double[]> next =
        backend -> bits(Trainer.on(backend).epochs(1).batchSize(8).fit(small, few));
    try (Backend real = open()) {
      FailingAllocations failing = new FailingAllocations(real);
      Backend backend = failing.backend();
      double[] expected = run.apply(backend);
      double[] expectedNext = next.apply(backend);
      assertThat(failing.left()).as("left after whole runs").isZero();
      int failures = 0;
      for (boolean fails = true; fails; ) {
        failing.failAt(failures + 1);
        try {
          assertThat(run.apply(backend)).containsExactly(expected);
          fails = false;
        } catch (RuntimeException e) {
          if (!failing.isCauseOf(e)) {
            throw e;
          }
          failures++;
        }
        assertThat(failing.left()).as("left after failure %d", failures).isZero();
        failing.failAt(0);
        assertThat(next.apply(backend))
            .as("after failure %d", failures)
            .containsExactly(expectedNext);
      }
      assertThat(failures).as("allocations of the run").isGreaterThanOrEqualTo(least);
    }
  }
}
