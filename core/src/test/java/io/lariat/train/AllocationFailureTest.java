package io.lariat.train;

import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Penalty.l1;
import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.backend.DeviceException;
import io.lariat.backend.Penalty;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.Predictor;
import io.lariat.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No room for any one of a run's allocations: all others are given back. */
@Tag("H1")
class AllocationFailureTest {
  private final Dataset data = Synthetic.binary(80, 10, 1);

  private static Network network(Penalty penalty) {
    return Network.of(10).dense(16, RELU, penalty).dropout(0.2).dense(8, RELU).dense(1, SIGMOID);
  }

  private static Trainer trainer(Backend backend) {
    return Trainer.on(backend).epochs(2).batchSize(32).validationSplit(0.2);
  }

  @Test
  void aTrainingLeavesNothingBehind() {
    assertNothingLeft(
        16,
        backend ->
            trainer(backend).earlyStopping(EarlyStopping.patience(1)).fit(network(l1(1e-3)), data));
  }

  @Test
  void norDoesOneWithAGroupPenalty() {
    assertNothingLeft(
        18, backend -> trainer(backend).fit(network(new Penalty(1e-3, 0, 1e-3)), data));
  }

  @Test
  void norOneOfSparseRows() {
    int[] starts = new int[81];
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      for (int j = i % 2; j < 10; j += 1 + i % 5) {
        columns.add(j);
      }
      starts[i + 1] = columns.size();
    }
    float[] values = new float[columns.size()];
    Arrays.fill(values, 1);
    float[] y = new float[80];
    for (int i = 0; i < 80; i++) {
      y[i] = i % 2;
    }
    int[] numbers = columns.stream().mapToInt(Integer::intValue).toArray();
    Dataset sparse = Dataset.of(SparseRows.of(10, starts, numbers, values), y);
    assertNothingLeft(20, backend -> trainer(backend).fit(network(l1(1e-3)), sparse));
  }

  @Test
  void norDoesAPredictor() {
    assertNothingLeft(6, backend -> Predictor.of(model(0), backend).close());
  }

  @Test
  void norOneThatGoesByColumns() {
    assertNothingLeft(11, backend -> Predictor.of(model(0.95), backend).close());
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

  private static void assertNothingLeft(int least, Consumer<Backend> run) {
    try (Backend real = Backends.open("reference")) {
      FailingAllocations failing = new FailingAllocations(real);
      int failures = 0;
      for (boolean fails = true; fails; ) {
        failing.failAt(failures + 1);
        try {
          run.accept(failing.backend());
          fails = false;
        } catch (DeviceException e) {
          failures++;
        }
        assertThat(failing.left()).as("left after failure %d", failures).isZero();
      }
      assertThat(failures).as("allocations of the run").isGreaterThanOrEqualTo(least);
    }
  }
}
