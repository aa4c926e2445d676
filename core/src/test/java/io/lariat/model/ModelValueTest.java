package io.lariat.model;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Penalty.l1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.lariat.data.Dataset;
import io.lariat.data.Schema;
import io.lariat.data.Standardization;
import io.lariat.data.Target;
import io.lariat.data.Task;
import io.lariat.reference.ReferenceBackend;
import io.lariat.train.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models and what they are made of are values: immutable, comparable, and legible in a log. */
class ModelValueTest {
  private static final Network NETWORK =
      Network.of(2).dense(3, RELU, l1(0.5)).dropout(0.25).dense(1, IDENTITY);

  private static Model model(Weights weights) {
    return new Model(
        NETWORK,
        weights,
        Schema.unnamed(2, new Target("y", Task.REGRESSION, List.of())),
        new Standardization(new double[] {1, 2}, new double[] {3, 4}),
        new Standardization(new double[] {5}, new double[] {6}),
        Map.of("seed", "7"));
  }

  private static Weights weights() {
    return Weights.initial(NETWORK, new Random(7));
  }

  @Test
  @Tag("B9")
  void givesNoLiveArrayAway() {
    double[] mean = {1, 2};
    double[] deviation = {3, 4};
    Standardization s = new Standardization(mean, deviation);
    mean[0] = 100;
    deviation[0] = 100;
    s.mean()[1] = 100;
    s.deviation()[1] = 100;

    assertThat(s.mean()).containsExactly(1, 2);
    assertThat(s.deviation()).containsExactly(3, 4);

    Model model = model(weights());
    float[] before = model.predict(new float[] {1, 1});
    model.standardization().mean()[0] = 1e6;
    model.targetStandardization().deviation()[0] = 1e6;
    assertThat(model.predict(new float[] {1, 1})).isEqualTo(before);
  }

  @Test
  @Tag("B15")
  void isEqualToWhatWasSaved(@TempDir Path folder) {
    Model model = model(weights());
    Path file = folder.resolve("m.safetensors");
    model.save(file);

    assertThat(Model.load(file)).isEqualTo(Model.load(file)).isEqualTo(model);
    assertThat(Model.load(file)).hasSameHashCodeAs(model);
    assertThat(Model.load(file).network()).isEqualTo(NETWORK);
  }

  @Test
  @Tag("B15")
  void differsWhereAnyPartDoes() {
    Model model = model(weights());
    float[] values = new float[weights().layout().size()];
    weights().copyTo(values);
    values[values.length - 1] = 1;
    double[] exact = weights().doubles();

    assertThat(model(Weights.copyOf(weights().layout(), values))).isNotEqualTo(model);
    assertThat(model(Weights.exact(weights().layout(), exact))).isNotEqualTo(model);
    assertThat(model.withNotes(Map.of("seed", "8"))).isNotEqualTo(model);
    assertThat(NETWORK).isNotEqualTo(NETWORK.withoutPenalties());
    assertThat(new ParameterLayout(NETWORK))
        .isEqualTo(new ParameterLayout(NETWORK.withoutPenalties()))
        .isNotEqualTo(new ParameterLayout(Network.of(3).dense(2, RELU).dense(1, IDENTITY)));
  }

  @Test
  @Tag("B15")
  void isLegible() {
    assertThat(model(weights()))
        .hasToString(
            "Model[regression 'y': 2 -> 3 relu l1 0.5 dropout 0.25 -> 1 identity;"
                + " 13 parameters, 0 of 9 weights zero]");
    assertThat(Dataset.of(new float[][] {{1, 2}, {3, 4}, {5, 6}}, new float[] {0, 1, 0}))
        .hasToString("Dataset['data set': 3 rows of 2 features, binary 'y' of 2 classes]");
    try (ReferenceBackend backend = new ReferenceBackend()) {
      assertThat(Trainer.on(backend).seed(42).standardize().toString())
          .contains("epochs=15", "Adam[", "seed=42", "standardize=true", "initialWeights=drawn");
    }
  }

  @Test
  @Tag("B21")
  void nullIsRefusedAtOnce() {
    assertThatNullPointerException().isThrownBy(() -> Model.load(null)).withMessage("path");
    assertThatNullPointerException()
        .isThrownBy(() -> model(weights()).save(null))
        .withMessage("path");
  }

  @Test
  @Tag("B22")
  void aRowOfAnotherLengthIsNamedByItsFeatures() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model(weights()).predict(new float[3]))
        .withMessage("predict: expected a row of 2 features, found 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model(weights()).predictClass(new float[0]))
        .withMessageContaining("2 features, found 0");
  }
}
