package io.lariat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.data.Schema;
import io.lariat.data.Standardization;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions on a backend against those of {@link Model#predict(float[])}. */
public abstract class PredictorContract {

  /** Sums of at most 300 products of size 1 in float32, through slopes of at most 1. */
  private static final Offset<Float> ROUNDING = within(300 * 0x1p-22f);

  /** Opens the backend under test. */
  protected abstract Backend open();

  private static float[] random(int size, int seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static Network network(int features, Task task) {
    Network hidden = Network.of(features).dense(33, Activation.RELU).dense(17, Activation.TANH);
    return switch (task) {
      case BINARY -> hidden.dense(1, Activation.SIGMOID);
      case MULTICLASS -> hidden.dense(3, Activation.SOFTMAX);
      case REGRESSION -> hidden.dense(1, Activation.IDENTITY);
    };
  }

  /** A model; of its weights the share {@code zeros} is zero. */
  private static Model model(int features, Task task, double zeros, boolean standardized) {
    Network network = network(features, task);
    float[] values = new float[new ParameterLayout(network).size()];
    Weights.initial(network, new Random(3)).copyTo(values);
    Random random = new Random(4);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble() < zeros ? 0 : values[i] + random.nextFloat(0.1f);
    }
    List<String> classes =
        switch (task) {
          case BINARY -> List.of("no", "yes");
          case MULTICLASS -> List.of("a", "b", "c");
          case REGRESSION -> List.of();
        };
    double[] mean = new double[features];
    double[] deviation = new double[features];
    for (int j = 0; j < features; j++) {
      mean[j] = 0.1 * j;
      deviation[j] = 1 + 0.01 * j;
    }
    return new Model(
        network,
        Weights.copyOf(new ParameterLayout(network), values),
        Schema.unnamed(features, new Target("y", task, classes)),
        standardized ? new Standardization(mean, deviation) : null,
        standardized && task == Task.REGRESSION
            ? new Standardization(new double[] {5}, new double[] {2})
            : null,
        Map.of());
  }

  private void check(Model model, int count) {
    float[] rows = random(count * model.features(), 7);
    float[] expected = new float[count * model.outputs()];
    model.predict(rows, count, expected);
    float[] found = new float[expected.length + 2];
    found[expected.length] = 42;
    try (Backend backend = open();
        Predictor predictor = Predictor.of(model, backend)) {
      predictor.predict(rows, count, found);
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).as("output %d of %d rows", i, count).isCloseTo(expected[i], ROUNDING);
    }
    assertThat(found[expected.length]).isEqualTo(42);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9, 0.99, 1})
  void agreesWithTheModelWhateverTheZeros(double zeros) {
    for (Task task : Task.values()) {
      check(model(70, task, zeros, false), 130);
      check(model(70, task, zeros, true), 130);
    }
  }

  /** Around the length of a block, which is 1024 rows for few features. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1023, 1024, 1025, 2500})
  void agreesForEveryNumberOfRows(int count) {
    check(model(5, Task.MULTICLASS, 0.3, true), count);
  }

  /** Of no weights but the first layer's the share {@code zeros} is zero, so no unit is dead. */
  private static Model withSparseFirstLayer(int features, Task task, double zeros) {
    Model full = model(features, task, 0, task != Task.BINARY);
    float[] values = new float[full.weights().layout().size()];
    full.weights().copyTo(values);
    Random random = new Random(9);
    for (int k = 0; k < full.weights().layout().kernelSize(0); k++) {
      values[k] = random.nextDouble() < zeros ? 0 : values[k];
    }
    return new Model(
        full.network(),
        Weights.copyOf(full.weights().layout(), values),
        full.schema(),
        full.standardization(),
        full.targetStandardization(),
        Map.of());
  }

  /** Rows that are not finite are answered as the model answers them, the others as ever. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.9, 0.99, 1})
  @Tag("B3")
  @Tag("D5")
  void infinityIsNoOrdinaryNumber(double zeros) {
    for (Task task : Task.values()) {
      Model model = withSparseFirstLayer(70, task, zeros);
      double[] rows = new double[130 * 70];
      Random random = new Random(8);
      Arrays.setAll(rows, k -> random.nextGaussian());
      double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300};
      for (int i = 0; i < 130; i += 13) {
        rows[i * 70 + i / 2] = odd[i / 13 % odd.length];
      }
      double[] expected = new double[130 * model.outputs()];
      model.predict(rows, 130, expected);
      double[] found = new double[expected.length];
      try (Backend backend = open();
          Predictor predictor = Predictor.of(model, backend)) {
        predictor.predict(rows, 130, found);
      }
      for (int i = 0; i < expected.length; i++) {
        assertThat(Double.isFinite(found[i]))
            .as("%s of zeros %s, output %d: %s for %s", task, zeros, i, found[i], expected[i])
            .isEqualTo(Double.isFinite(expected[i]));
        if (Double.isFinite(expected[i])) {
          assertThat(found[i]).isCloseTo(expected[i], within(4 * 300 * 0x1p-22));
        }
      }
    }
  }

  @Test
  void doesNotLookAtFeaturesThatAreNotUsed() {
    Model model = model(4, Task.BINARY, 0, true);
    float[] values = new float[model.weights().layout().size()];
    model.weights().copyTo(values);
    for (int unit = 0; unit < 33; unit++) {
      values[2 * 33 + unit] = 0;
    }
    Model pruned =
        new Model(
            model.network(),
            Weights.copyOf(model.weights().layout(), values),
            model.schema(),
            null,
            null,
            Map.of());
    float[] out = new float[1];
    try (Backend backend = open();
        Predictor predictor = Predictor.of(pruned, backend)) {
      predictor.predict(new float[] {1, 2, Float.NaN, 3}, 1, out);
      float[] expected = pruned.predict(new float[] {1, 2, 0, 3});
      assertThat(out[0]).isCloseTo(expected[0], ROUNDING);
      predictor.predict(new float[] {1, Float.NaN, 0, 3}, 1, out);
      assertThat(out[0]).isNaN();
    }
  }

  @Test
  void refusesWrongShapesAndUseAfterClose() {
    Model model = model(4, Task.BINARY, 0, false);
    try (Backend backend = open()) {
      Predictor predictor = Predictor.of(model, backend);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> predictor.predict(new float[7], 2, new float[2]))
          .withMessage(
              "predict: expected 2 rows x 4 features and room for 1 outputs each, found 7 values"
                  + " and room for 2");
      predictor.close();
      predictor.close();
      assertThatIllegalStateException()
          .isThrownBy(() -> predictor.predict(new float[8], 2, new float[2]));
    }
  }
}
