package io.lariat.model;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Activation.SOFTMAX;
import static io.lariat.backend.Activation.SOFTPLUS;
import static io.lariat.backend.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Activation;
import io.lariat.data.Csv;
import io.lariat.data.Schema;
import io.lariat.data.SparseRows;
import io.lariat.data.Standardization;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelTest {
  private static final Target BINARY = new Target("y", Task.BINARY, List.of("no", "yes"));

  private static final Target CLASSES = new Target("y", Task.MULTICLASS, List.of("a", "b"));

  private static Model model(Network network, Target target) {
    Weights weights = Weights.initial(network, new Random(5));
    return new Model(
        network, weights, Schema.unnamed(network.inputs(), target), null, null, Map.of());
  }

  private static float[] random(int size) {
    Random random = new Random(9);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** A time in seconds and a target far from 0: floats would know neither. */
  @Test
  void predictsDoublesThatNoFloatsTellApart() {
    Standardization time = new Standardization(new double[] {1.7e9}, new double[] {10});
    Standardization target = new Standardization(new double[] {100_000}, new double[] {0.003});
    Model model =
        new Model(
            Network.of(1).dense(1, IDENTITY),
            new Weights(
                new ParameterLayout(Network.of(1).dense(1, IDENTITY)), new float[] {0.5f, 0.25f}),
            Schema.unnamed(1, new Target("y", Task.REGRESSION, List.of())),
            time,
            target,
            Map.of());
    for (int i = -3; i < 4; i++) {
      double z = 0.5f * (float) (i / 10.0) + 0.25f;
      assertThat(model.predict(new double[] {1.7e9 + i})[0])
          .isCloseTo(100_000 + 0.003 * z, within(1e-9));
    }
    assertThat(model.predict(new double[][] {{1.7e9}, {1.7e9 + 1}}))
        .isDeepEqualTo(
            new double[][] {
              model.predict(new double[] {1.7e9}), model.predict(new double[] {1.7e9 + 1})
            });
    assertThat(model.predict(new float[] {1.7e9f})[0])
        .isEqualTo((float) model.predict(new double[] {1.7e9f})[0]);
  }

  /**
   * What was fitted in double is predicted in double, even of numbers that no floats tell apart.
   */
  @Test
  void exactWeightsPredictInDouble() {
    Network network = Network.of(2).dense(1, IDENTITY);
    Schema schema = Schema.unnamed(2, new Target("y", Task.REGRESSION, List.of()));
    ParameterLayout layout = new ParameterLayout(network);
    double[] weights = {0.1, 1e-3, -1.7e8};
    Model exact = new Model(network, Weights.exact(layout, weights), schema, null, null, Map.of());
    double[] rows = new double[60];
    int[] starts = new int[31];
    int[] columns = new int[60];
    for (int i = 0; i < 30; i++) {
      rows[2 * i] = 1.7e9 + i;
      rows[2 * i + 1] = -i - 1;
      starts[i + 1] = 2 * i + 2;
      columns[2 * i + 1] = 1;
    }
    double[] expected = new double[30];
    for (int i = 0; i < 30; i++) {
      expected[i] = -1.7e8 + (1.7e9 + i) * 0.1 + (-i - 1) * 1e-3;
    }
    double[] dense = new double[30];
    double[] sparse = new double[30];
    exact.predict(rows, 30, dense);
    exact.predict(SparseRows.of(2, starts, columns, rows), 0, 30, sparse);
    assertThat(dense).containsExactly(expected);
    assertThat(sparse).containsExactly(expected);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void exactWeightsPredictWhatFloatsDo(Activation activation) {
    boolean isHead = activation == SOFTMAX;
    Network network = Network.of(4);
    network = isHead ? network : network.dense(5, activation);
    Model floats = model(network.dense(2, SOFTMAX), CLASSES);
    Model exact =
        new Model(
            floats.network(),
            Weights.exact(floats.weights().layout(), floats.weights().doubles()),
            floats.schema(),
            new Standardization(new double[] {1, 2, 3, 4}, new double[] {1, 1, 2, 2}),
            null,
            Map.of());
    double[] rows = doubles(random(4 * 50));
    double[] shifted = rows.clone();
    for (int k = 0; k < rows.length; k++) {
      shifted[k] = rows[k] * (k % 4 < 2 ? 1 : 2) + 1 + k % 4;
    }
    double[] expected = new double[100];
    double[] found = new double[100];
    floats.predict(rows, 50, expected);
    exact.predict(shifted, 50, found);
    assertThat(found).containsExactly(expected, within(1e-6));
  }

  @Test
  void predictsTheRowsOfAFile(@TempDir Path folder) throws IOException {
    Model model = model(Network.of(3).dense(5, RELU).dense(2, SOFTMAX), CLASSES);
    double[] rows = doubles(random(3 * 1000));
    StringBuilder text = new StringBuilder("x2,x1,x0\n");
    for (int i = 0; i < rows.length; i += 3) {
      text.append(rows[i + 2] + "," + rows[i + 1] + "," + rows[i] + "\n");
    }
    Path file = Files.writeString(folder.resolve("rows.csv"), text);
    double[] expected = new double[2 * 1000];
    model.predict(rows, 1000, expected);
    assertThat(model.predict(Csv.readFeatures(file, model.schema()))).isEqualTo(expected);
  }

  /** Against the formula in double, written the plain way. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"GELU", "SOFTMAX"})
  void predictsWhatTheFormulaSays(Activation f) {
    Network network = Network.of(5).dense(7, f).dense(1, SIGMOID);
    Model model = model(network, BINARY);
    Weights w = model.weights();
    float[] row = random(5);
    double z = w.bias(1)[0];
    for (int j = 0; j < 7; j++) {
      double sum = w.bias(0)[j];
      for (int k = 0; k < 5; k++) {
        sum += row[k] * w.kernel(0, k, j);
      }
      double h =
          switch (f) {
            case RELU -> Math.max(sum, 0);
            case SIGMOID -> 1 / (1 + Math.exp(-sum));
            case TANH -> Math.tanh(sum);
            case SOFTPLUS -> Math.log(1 + Math.exp(sum));
            case IDENTITY -> sum;
            case SILU -> sum / (1 + Math.exp(-sum));
            case ELU -> sum > 0 ? sum : Math.exp(sum) - 1;
            case LEAKY_RELU -> sum > 0 ? sum : 0.2 * sum;
            case EXP -> Math.exp(sum);
            case GELU, SOFTMAX -> throw new AssertionError();
          };
      z += h * w.kernel(1, j, 0);
    }
    assertThat(model.predict(row)[0]).isCloseTo((float) (1 / (1 + Math.exp(-z))), within(1e-6f));
  }

  @Test
  void probabilitiesOfClassesSumToOneAndTheLargestWins() {
    Target target = new Target("y", Task.MULTICLASS, List.of("a", "b", "c"));
    Model model = model(Network.of(4).dense(6, TANH).dense(3, SOFTMAX), target);
    float[] p = model.predict(random(4));
    assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-6f));
    int best = p[0] >= p[1] && p[0] >= p[2] ? 0 : p[1] >= p[2] ? 1 : 2;
    assertThat(model.predictClass(random(4))).isEqualTo(target.classes().get(best));
  }

  @Test
  void standardisesItsInputAndUndoesTheTargets() {
    Network network = Network.of(1).dense(1, IDENTITY);
    ParameterLayout layout = new ParameterLayout(network);
    Model model =
        new Model(
            network,
            Weights.copyOf(layout, new float[] {3, 1}),
            Schema.unnamed(1, new Target("y", Task.REGRESSION, List.of())),
            new Standardization(new double[] {10}, new double[] {2}),
            new Standardization(new double[] {100}, new double[] {5}),
            Map.of());
    assertThat(model.predict(new float[] {14})[0]).isEqualTo(100 + 5 * (3 * 2 + 1));
  }

  @Test
  void batchesGiveTheSameBitsAsRows() {
    Model model = model(Network.of(9).dense(17, SOFTPLUS).dense(5, RELU).dense(1, SIGMOID), BINARY);
    float[] rows = random(9 * 33);
    float[] out = new float[33];
    model.predict(rows, 33, out);
    for (int i = 0; i < 33; i++) {
      float[] row = new float[9];
      System.arraycopy(rows, i * 9, row, 0, 9);
      assertThat(out[i]).isEqualTo(model.predict(row)[0]);
      assertThat(model.predict(new float[][] {row})[0][0]).isEqualTo(out[i]);
    }
  }

  @Test
  void manyThreadsPredictAtOnce() throws Exception {
    Model model = model(Network.of(20).dense(64, RELU).dense(32, TANH).dense(1, SIGMOID), BINARY);
    float[] rows = random(20 * 50);
    float[] expected = new float[50];
    model.predict(rows, 50, expected);
    List<Callable<float[]>> tasks = new ArrayList<>();
    for (int t = 0; t < 64; t++) {
      tasks.add(
          () -> {
            float[] out = new float[50];
            for (int repeat = 0; repeat < 20; repeat++) {
              model.predict(rows, 50, out);
            }
            return out;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(40)) {
      for (Future<float[]> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).containsExactly(expected);
      }
    }
  }

  @Test
  void predictingIntoAnArrayAllocatesNothing() {
    Model model = model(Network.of(20).dense(64, RELU).dense(1, SIGMOID), BINARY);
    float[] rows = random(20 * 10);
    float[] out = new float[10];
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    model.predict(rows, 10, out);
    threads.getCurrentThreadAllocatedBytes();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) {
      model.predict(rows, 10, out);
    }
    long after = threads.getCurrentThreadAllocatedBytes();
    assertThat(after - before).isZero();
  }

  @Test
  void wrongShapesAreRefused() {
    Model model = model(Network.of(3).dense(1, SIGMOID), BINARY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.predict(new float[2], 1, new float[1]))
        .withMessage(
            "predict: expected 1 rows x 3 features and room for 1 outputs each, found 2 values and"
                + " room for 1");
    Network network = Network.of(2).dense(1, SIGMOID);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Model(
                    network,
                    Weights.initial(network, new Random(1)),
                    Schema.unnamed(3, BINARY),
                    null,
                    null,
                    Map.of()))
        .withMessage("model: the network has 2 inputs, found 3 features");
  }
}
