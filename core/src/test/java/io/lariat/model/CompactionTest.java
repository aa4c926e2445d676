package io.lariat.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Activation;
import io.lariat.backend.Penalty;
import io.lariat.data.Column;
import io.lariat.data.Dataset;
import io.lariat.data.Schema;
import io.lariat.data.Standardization;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Smaller models against the models they come from. */
final class CompactionTest {
  private static final List<Activation> HIDDEN =
      Stream.of(Activation.values()).filter(f -> !f.isByRow() && f != Activation.EXP).toList();

  private static Target target(Task task) {
    return switch (task) {
      case BINARY -> new Target("y", task, List.of("no", "yes"));
      case MULTICLASS -> new Target("y", task, List.of("a", "b", "c"));
      case REGRESSION -> new Target("y", task, List.of());
    };
  }

  private static Network withHead(Network hidden, Task task) {
    return switch (task) {
      case BINARY -> hidden.dense(1, Activation.SIGMOID);
      case MULTICLASS -> hidden.dense(3, Activation.SOFTMAX);
      case REGRESSION -> hidden.dense(1, Activation.IDENTITY);
    };
  }

  private static Model model(Network network, float[] values, List<Column> columns, Task task) {
    return new Model(
        network,
        Weights.copyOf(new ParameterLayout(network), values),
        new Schema(columns, target(task)),
        null,
        null,
        Map.of("epochs", "15"));
  }

  private static List<Column> numeric(int features) {
    return Schema.unnamed(features, target(Task.REGRESSION)).columns();
  }

  /** A random network, many of whose weights, and some whole rows and columns, are zero. */
  private static Model random(RandomGenerator random) {
    Task task = List.of(Task.values()).get(random.nextInt(3));
    int features = random.nextInt(1, 9);
    Network network = Network.of(features);
    int hidden = random.nextInt(4);
    for (int i = 0; i < hidden; i++) {
      Activation f = HIDDEN.get(random.nextInt(HIDDEN.size()));
      network = network.dense(random.nextInt(1, 7), f, Penalty.l1(0.1 * i));
    }
    network = withHead(network, task);
    ParameterLayout layout = new ParameterLayout(network);
    float[] values = new float[layout.size()];
    double zeros = random.nextDouble();
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble() < zeros ? 0 : (float) random.nextGaussian();
    }
    boolean standardized = random.nextBoolean();
    return new Model(
        network,
        Weights.copyOf(layout, values),
        Schema.unnamed(features, target(task)),
        standardized
            ? new Standardization(
                random.doubles(features).toArray(), random.doubles(features, 0.5, 2).toArray())
            : null,
        standardized && task == Task.REGRESSION
            ? new Standardization(new double[] {100}, new double[] {20})
            : null,
        Map.of());
  }

  private static Dataset rows(int features, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    float[] x = new float[40 * features];
    float[] y = new float[40];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 5 == 0 ? 0 : (float) random.nextGaussian(0, 3);
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = i % 2;
    }
    return Dataset.of(x, features, y, Task.BINARY);
  }

  /** Whether some weight leads away from input or unit {@code k} of layer {@code i}. */
  private static boolean hasOutgoing(Weights weights, int i, int k) {
    for (int col = 0; col < weights.layout().out(i); col++) {
      if (weights.kernel(i, k, col) != 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasIncoming(Weights weights, int i, int unit) {
    for (int row = 0; row < weights.layout().in(i); row++) {
      if (weights.kernel(i, row, unit) != 0) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomNetworksPredictTheSame(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    int smaller = 0;
    int folded = 0;
    for (int n = 0; n < 200; n++) {
      Model model = random(random);
      Compaction compaction = Compaction.of(model);
      Compaction.Check check = compaction.check(rows(model.features(), seed + n));

      assertThat(check.holds()).as("%s", check).isTrue();
      assertThat(check.rows()).isEqualTo(40);
      requireNothingDead(compaction.model());
      assertThat(Compaction.of(compaction.model()).isSmaller()).isFalse();
      assertThat(model.features() - compaction.removedColumns().size())
          .isEqualTo(compaction.model().features());
      smaller += compaction.isSmaller() ? 1 : 0;
      folded += compaction.isExact() ? 0 : 1;
    }
    assertThat(smaller).isBetween(50, 199);
    assertThat(folded).isBetween(10, 150);
  }

  private static void requireNothingDead(Model model) {
    Weights weights = model.weights();
    int layers = weights.layout().layers();
    boolean constant = weights.zeros(layers - 1) == weights.layout().kernelSize(layers - 1);
    for (int i = 0; i < layers; i++) {
      if (constant) {
        assertThat(weights.layout().in(i)).isOne();
        assertThat(weights.zeros(i)).isEqualTo(weights.layout().kernelSize(i));
        continue;
      }
      for (int k = 0; k < weights.layout().in(i); k++) {
        assertThat(hasOutgoing(weights, i, k)).isTrue();
      }
      for (int unit = 0; i < layers - 1 && unit < weights.layout().out(i); unit++) {
        assertThat(hasIncoming(weights, i, unit)).isTrue();
      }
    }
  }

  /** Input 1 has no weight; unit 0 leads nowhere, unit 1 gets nothing but is zero: relu(-1). */
  @Test
  void deadInputsAndUnitsGoWithoutATrace() {
    Network network = withHead(Network.of(3).dense(3, Activation.RELU), Task.REGRESSION);
    float[] values = {2, 0, 3, 0, 0, 0, 0, 0, 5, /**/ 0, 7, 11, /**/ 1, -1, 2, /**/ 4};
    Compaction compaction = Compaction.of(model(network, values, numeric(3), Task.REGRESSION));

    Model small = compaction.model();

    assertThat(Compaction.shape(small.network())).isEqualTo("2-1-1");
    assertThat(compaction.isExact()).isTrue();
    assertThat(compaction.removedColumns()).containsExactly("x1");
    assertThat(small.schema().featureNames()).containsExactly("x0", "x2");
    assertThat(small.weights().kernel(0)).containsExactly(3, 5);
    assertThat(small.weights().bias(0)).containsExactly(2);
    assertThat(small.weights().kernel(1)).containsExactly(11);
    assertThat(small.notes())
        .containsEntry("compacted_from", "3-3-1")
        .containsEntry("epochs", "15");
  }

  /** Unit 1 is relu(3) = 3 for every row: 3 * 7 joins the next bias. */
  @Test
  void aConstantUnitIsFolded() {
    Network network = withHead(Network.of(1).dense(2, Activation.RELU), Task.REGRESSION);
    float[] values = {2, 0, /**/ 5, 7, /**/ 1, 3, /**/ 4};
    Compaction compaction = Compaction.of(model(network, values, numeric(1), Task.REGRESSION));

    assertThat(compaction.isExact()).isFalse();
    assertThat(compaction.model().weights().kernel(0)).containsExactly(2);
    assertThat(compaction.model().weights().bias(1)).containsExactly(25);
    assertThat(compaction.check(rows(1, 1)).tolerance()).isPositive();
  }

  @Test
  void aNetworkWithoutAnyWeightIsAConstant(@TempDir Path folder) {
    for (Task task : Task.values()) {
      Network network =
          withHead(Network.of(5).dense(4, Activation.SOFTPLUS).dense(3, Activation.TANH), task);
      float[] values = new float[new ParameterLayout(network).size()];
      Arrays.fill(values, values.length - network.outputs(), values.length, 0.25f);
      Model model = model(network, values, numeric(5), task);
      Compaction compaction = Compaction.of(model);

      Path file = folder.resolve(task + ".safetensors");
      compaction.model().save(file);
      Model loaded = Model.load(file);

      assertThat(Compaction.shape(loaded.network())).startsWith("1-1-1-");
      assertThat(loaded.predict(new float[] {9})).isEqualTo(model.predict(new float[5]));
      assertThat(compaction.check(rows(5, 2)).largestDifference()).isZero();
    }
  }

  /** What is behind a layer without weights is of no use, though it has weights. */
  @Test
  void nothingReachesTheHead() {
    Network network =
        withHead(Network.of(2).dense(2, Activation.TANH).dense(2, Activation.TANH), Task.BINARY);
    float[] values = {1, 2, 3, 4, /**/ 0, 0, 0, 0, /**/ 5, 6, /**/ 1, 1, /**/ 0.5f, 0, /**/ 2};
    Compaction compaction = Compaction.of(model(network, values, numeric(2), Task.BINARY));

    assertThat(Compaction.shape(compaction.model().network())).isEqualTo("1-1-1-1");
    assertThat(compaction.isExact()).isFalse();
    assertThat(compaction.check(rows(2, 3)).holds()).isTrue();
  }

  @Test
  void aOneHotColumnStaysWholeOrGoesWhole() {
    List<Column> columns =
        List.of(
            new Column("color", List.of("blue", "red")),
            new Column("shape", List.of("round", "square", "flat")),
            Column.numeric("size"));
    Network network = withHead(Network.of(6), Task.REGRESSION);
    float[] values = {0, 0, 0, 2, 0, 1, 0};
    Compaction compaction = Compaction.of(model(network, values, columns, Task.REGRESSION));

    assertThat(compaction.removedColumns()).containsExactly("color");
    assertThat(compaction.model().schema().featureNames())
        .containsExactly("shape=round", "shape=square", "shape=flat", "size");
    assertThat(compaction.model().weights().kernel(0)).containsExactly(0, 2, 0, 1);
    assertThat(Compaction.of(compaction.model()).isSmaller()).isFalse();
  }

  @Test
  void groupsOfInputsAreCutWithTheirRows() {
    Network network =
        withHead(Network.of(4), Task.REGRESSION)
            .inputGroups(
                List.of(new InputGroup(1, 0), new InputGroup(1, 2), new InputGroup(2, 0.5)));
    float[] values = {0, 3, 4, 0, 1};
    Compaction compaction = Compaction.of(model(network, values, numeric(4), Task.REGRESSION));

    assertThat(compaction.model().network().inputGroups())
        .containsExactly(new InputGroup(1, 2), new InputGroup(1, 0.5));
  }

  @Test
  void nothingDeadNothingChanged() {
    Network network = withHead(Network.of(2).dense(2, Activation.TANH), Task.BINARY);
    float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    Model model = model(network, values, numeric(2), Task.BINARY);
    Compaction compaction = Compaction.of(model);

    assertThat(compaction.isSmaller()).isFalse();
    assertThat(compaction.isExact()).isTrue();
    assertThat(compaction.model().notes()).isEqualTo(model.notes());
    assertThat(compaction.check(rows(2, 4)).largestDifference()).isZero();
  }
}
