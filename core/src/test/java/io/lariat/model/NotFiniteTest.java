package io.lariat.model;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lariat.data.DataException;
import io.lariat.data.Schema;
import io.lariat.data.Standardization;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions that are not finite: the numbers as they are, but never a class. */
@Tag("F8")
@Tag("B3")
@Tag("D5")
class NotFiniteTest {
  private static Model model(Network network, Weights weights, Task task, String... classes) {
    return new Model(
        network,
        weights,
        Schema.unnamed(network.inputs(), new Target("y", task, List.of(classes))),
        null,
        null,
        Map.of());
  }

  private static Model drawn(Network network, Task task, String... classes) {
    return model(network, Weights.initial(network, new Random(5)), task, classes);
  }

  private static Weights weights(Network network, double... values) {
    return Weights.exact(new ParameterLayout(network), values);
  }

  /** Networks and linear models, of float weights and of double ones. */
  private static List<Model> classifiers() {
    List<Model> models = new ArrayList<>();
    for (Network start : List.of(Network.of(2), Network.of(2).dense(8, RELU))) {
      models.add(drawn(start.dense(1, SIGMOID), Task.BINARY, "no", "yes"));
      models.add(drawn(start.dense(3, SOFTMAX), Task.MULTICLASS, "a", "b", "c"));
    }
    for (Model model : List.copyOf(models)) {
      Weights exact = Weights.exact(model.weights().layout(), model.weights().doubles());
      models.add(
          model(
              model.network(),
              exact,
              model.schema().target().task(),
              model.schema().target().classes().toArray(String[]::new)));
    }
    return models;
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aRowThatIsNoNumbersHasNoClass(double bad) {
    String message = "predict: input 'x1' is " + bad + "; expected a finite number";
    for (Model model : classifiers()) {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> model.predictClass(new double[] {1, bad}))
          .withMessage(message);
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> model.predictClass(new float[] {1, (float) bad}))
          .withMessage(message);
    }
  }

  @Test
  void neitherHaveOutputsThatAreNone() {
    for (Model model : classifiers()) {
      double[] outputs = new double[2 * model.outputs()];
      outputs[2 * model.outputs() - 1] = Double.NaN;
      assertThat(model.classOf(outputs, 0)).isIn("no", "a");
      assertThat(model.isFinite(outputs, 0)).isTrue();
      assertThat(model.isFinite(outputs, 1)).isFalse();
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> model.classOf(outputs, 1))
          .withMessage("predict: no class can be told of row 1, whose outputs are not finite");
    }
  }

  @Test
  void theNumbersThemselvesAreGivenAsTheyAre() {
    Model model = drawn(Network.of(2).dense(1, IDENTITY), Task.REGRESSION);
    assertThat(model.predict(new double[] {Double.NaN, 1})).containsExactly(Double.NaN);
    assertThat(model.isFinite(model.predict(new float[] {Float.NaN, 1}), 0)).isFalse();
    assertThat(model.isFinite(model.predict(new float[] {2, 1}), 0)).isTrue();
  }

  @Test
  void theFarthestInputIsToBlame() {
    Network network = Network.of(3).dense(1, IDENTITY);
    Weights initial = Weights.initial(network, new Random(5));
    Model plain = model(network, initial, Task.REGRESSION);
    double[] row = {5, -3.4028235e38, 3e38};
    assertThat(plain.predict(row)[0]).isNotFinite();
    assertThat(plain.whyNotFinite(row))
        .isEqualTo("input 'x1' is -3.4028235E38, too large for the model's sums");

    Model standardised =
        new Model(
            network,
            initial,
            plain.schema(),
            new Standardization(new double[] {1, 1, 1}, new double[] {1e-300, 1, 1}),
            null,
            Map.of());
    assertThat(standardised.predict(new double[] {5, 2, 2})[0]).isNotFinite();
    assertThat(standardised.whyNotFinite(new double[] {5, 2, 2}))
        .isEqualTo("input 'x0' is 5.0, 4.00e+300 deviations from its mean in training");
    assertThat(standardised.whyNotFinite(new double[] {1, 2, Double.NaN}))
        .isEqualTo("input 'x2' is NaN");
  }

  @Test
  void orTheWeightsAre() {
    Network network = Network.of(2).dense(1, IDENTITY);
    float[] huge = {3e38f, 3e38f, 0};
    Model model =
        model(network, Weights.copyOf(new ParameterLayout(network), huge), Task.REGRESSION);
    double[] row = {2, 3};
    assertThat(model.predict(row)).containsExactly(Double.POSITIVE_INFINITY);
    assertThat(model.whyNotFinite(row))
        .isEqualTo("the model's weights, up to 3.00e+38, make its sums larger than a float holds");

    Network two = Network.of(2).dense(2, SOFTMAX);
    float[] opposed = {3e38f, 3e38f, 3e38f, 3e38f, 0, 0};
    Model classes =
        model(two, Weights.copyOf(new ParameterLayout(two), opposed), Task.MULTICLASS, "a", "b");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> classes.predictClass(row))
        .withMessageStartingWith("predict: no class can be told, as the model's weights, up to 3");
  }

  /** What a model does not use it does not look at: zero times infinity is NaN. */
  @Test
  void anInputThatIsNotUsedCannotSpoilAPrediction() {
    Network network = Network.of(2).dense(1, IDENTITY);
    for (Weights weights :
        List.of(
            weights(network, 3, 0, 0.5),
            Weights.copyOf(new ParameterLayout(network), new float[] {3, 0, 0.5f}))) {
      Model model = model(network, weights, Task.REGRESSION);
      for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1e300}) {
        assertThat(model.predict(new double[] {2, bad})).containsExactly(6.5);
        assertThat(model.predict(new float[] {2, (float) bad})).containsExactly(6.5f);
      }
    }
  }
}
