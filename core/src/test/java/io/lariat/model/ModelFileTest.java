package io.lariat.model;

import static io.lariat.backend.Activation.ELU;
import static io.lariat.backend.Activation.GELU;
import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.LEAKY_RELU;
import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Activation.SILU;
import static io.lariat.backend.Activation.SOFTMAX;
import static io.lariat.backend.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lariat.backend.Activation;
import io.lariat.backend.Penalty;
import io.lariat.data.Column;
import io.lariat.data.Rounding;
import io.lariat.data.Schema;
import io.lariat.data.Standardization;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelFileTest {
  private static final Path GOLDEN = Path.of(System.getProperty("lariat.data"), "golden");

  @TempDir Path folder;

  /** Three inputs: a number and a group of two. */
  static Model binary() {
    return model(
        Network.of(3)
            .initializer(Initializer.HE_NORMAL)
            .dense(4, RELU, Penalty.elasticNet(0.001, 1e-300))
            .dropout(0.25)
            .dense(2, TANH)
            .dense(1, SIGMOID),
        new Target("will it \"work\"?", Task.BINARY, List.of("nein", "ja, 日本")),
        new Standardization(new double[] {0.1, -1e300, 1.0 / 3}, new double[] {1, 1e-300, 7e7}),
        null);
  }

  private static Model multiclass() {
    return model(
        Network.of(3).dense(3, SOFTMAX, Penalty.l1(0.5)),
        new Target("class", Task.MULTICLASS, List.of("0", "1", "2")),
        null,
        null);
  }

  private static Model regression() {
    return model(
        Network.of(3).dense(5, RELU).dense(1, IDENTITY),
        new Target("price", Task.REGRESSION, List.of()),
        null,
        new Standardization(new double[] {Math.PI}, new double[] {Math.E}));
  }

  private static Model grouped() {
    return model(
        Network.of(3)
            .inputGroups(List.of(new InputGroup(1, 0), new InputGroup(2, 1.0 / 3)))
            .dense(5, RELU, new Penalty(0.1, 0, 1e-9))
            .dense(1, IDENTITY),
        new Target("price", Task.REGRESSION, List.of()),
        null,
        null);
  }

  /** Weights that no float has, and a certificate. */
  static Model exact() {
    Model model = grouped();
    double[] values = model.weights().doubles();
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 == 0 ? 0 : values[i] + 1e-12;
    }
    Model exact =
        new Model(
            model.network(),
            Weights.exact(model.weights().layout(), values),
            model.schema(),
            null,
            null,
            model.notes());
    return exact.withCertificate(certificate());
  }

  static Certificate certificate() {
    return new Certificate(
        1.0 / 3e9,
        0.001,
        Certificate.PolishEnd.REACHED,
        1e-6,
        0.1 + 0.2,
        0.1,
        0.2,
        new Certificate.Rows(512, 569, "0123456789abcdef".repeat(4), Rounding.NONE),
        3,
        1e-8);
  }

  private static Stream<Model> models() {
    return Stream.of(binary(), multiclass(), regression(), grouped(), exact());
  }

  private static Model model(
      Network network, Target target, Standardization features, Standardization targets) {
    Schema schema =
        new Schema(
            List.of(Column.numeric("age, in\nyears"), new Column("color", List.of("a", "ß"))),
            target);
    return new Model(
        network,
        Weights.initial(network, new Random(4)),
        schema,
        features,
        targets,
        Map.of("epochs", "15", "a note", "with \"quotes\"\n", "", ""));
  }

  @ParameterizedTest
  @MethodSource("models")
  void loadsWhatItSaved(Model model) {
    Path path = folder.resolve("m.safetensors");
    ModelFile.save(model, path);
    Model loaded = ModelFile.load(path);

    assertThat(loaded.network().inputs()).isEqualTo(model.network().inputs());
    assertThat(loaded.network().layers()).isEqualTo(model.network().layers());
    assertThat(loaded.network().inputGroups()).isEqualTo(model.network().inputGroups());
    assertThat(loaded.network().initializer()).isEqualTo(model.network().initializer());
    assertThat(loaded.weights().values()).isEqualTo(model.weights().values());
    assertThat(loaded.schema()).isEqualTo(model.schema());
    assertSame(loaded.standardization(), model.standardization());
    assertSame(loaded.targetStandardization(), model.targetStandardization());
    assertThat(loaded.notes()).isEqualTo(model.notes());
    assertThat(loaded.weights().isExact()).isEqualTo(model.weights().isExact());
    assertThat(loaded.weights().doubles()).isEqualTo(model.weights().doubles());
    assertThat(loaded.certificate()).isEqualTo(model.certificate());
    float[] row = {0.5f, 0, 1};
    assertThat(loaded.predict(row)).isEqualTo(model.predict(row));

    Path again = folder.resolve("again.safetensors");
    ModelFile.save(loaded, again);
    assertThat(again).hasSameBinaryContentAs(path);
  }

  @Test
  void exactWeightsAreDoublesWithTheZerosOfTheFloats() {
    ModelFile.save(exact(), folder);
    Safetensors tensors = Safetensors.read(folder.resolve("model.safetensors"));
    for (String name : tensors.names()) {
      assertThat(tensors.tensor(name).type()).isEqualTo(Tensor.Type.F64);
    }
    Weights weights = ModelFile.load(folder).weights();
    double[] doubles = weights.doubles();
    int rounded = 0;
    for (int i = 0; i < doubles.length; i++) {
      assertThat(weights.values()[i]).isEqualTo((float) doubles[i]);
      assertThat(weights.values()[i] == 0).isEqualTo(doubles[i] == 0);
      rounded += doubles[i] == weights.values()[i] ? 0 : 1;
    }
    assertThat(rounded).isGreaterThan(5);
    // Others read such a file too: as floats, to start from.
    assertThat(ModelFile.readWeights(folder, exact().network()).values())
        .isEqualTo(weights.values());
  }

  @Test
  void exactWeightsMustFitFloats() {
    ParameterLayout layout = new ParameterLayout(Network.of(1).dense(1, IDENTITY));
    for (double bad : new double[] {1e-50, -1e-50, 1e39, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Weights.exact(layout, new double[] {1, bad}))
          .withMessage(
              "weights: value 1 is " + bad + ", which is not finite or becomes 0 as a float");
    }
    double[] zero = Weights.exact(layout, new double[] {-0.0, 1e-40}).doubles();
    assertThat(Double.doubleToRawLongBits(zero[0])).isZero();
    assertThat(zero[1]).isEqualTo(1e-40); // a float below the normal ones is not 0
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
  void everyActivationIsKept(Activation f) {
    Model model =
        model(
            Network.of(3).dense(4, f).dense(3, SOFTMAX),
            new Target("class", Task.MULTICLASS, List.of("0", "1", "2")),
            null,
            null);
    ModelFile.save(model, folder);
    Model loaded = ModelFile.load(folder);
    assertThat(loaded.network()).isEqualTo(model.network());
    float[] row = {-2, 0.5f, 3};
    assertThat(loaded.predict(row)).isEqualTo(model.predict(row));
  }

  /** The names are those of Keras. */
  @Test
  void activationsAreWrittenAsKerasSpellsThem() {
    Network network = Network.of(1);
    for (Activation f : List.of(GELU, SILU, ELU, LEAKY_RELU)) {
      network = network.dense(1, f);
    }
    assertThat(NetworkJson.write(network.dense(1, IDENTITY)))
        .contains("\"gelu\"", "\"silu\"", "\"elu\"", "\"leaky_relu\"");
  }

  @Test
  void networksWithoutGroupsAreWrittenAsBeforeThereWereAny() {
    assertThat(NetworkJson.write(binary().network()))
        .doesNotContain("group")
        .contains("\"l1\":0.001,\"l2\":1.0E-300,\"dropout\":0.25");
    assertThat(NetworkJson.write(grouped().network()))
        .contains("\"group\":1.0E-9")
        .contains(
            "\"input_groups\":[{\"rows\":1,\"factor\":0.0},"
                + "{\"rows\":2,\"factor\":0.3333333333333333}]");
  }

  private static void assertSame(Standardization found, Standardization expected) {
    if (expected == null) {
      assertThat(found).isNull();
    } else {
      assertThat(found.mean()).isEqualTo(expected.mean());
      assertThat(found.deviation()).isEqualTo(expected.deviation());
    }
  }

  @Test
  void aFolderStandsForItsModel() {
    ModelFile.save(binary(), folder);
    assertThat(folder.resolve("model.safetensors")).isRegularFile();
    assertThat(ModelFile.load(folder).features()).isEqualTo(3);
  }

  @Test
  void readsTheGoldenInitialWeights() {
    Network network = Network.of(30).dense(128, RELU).dense(64, RELU).dense(1, SIGMOID);
    Path path = GOLDEN.resolve("init/bc_30_128_64_1.safetensors");
    Weights weights = ModelFile.readWeights(path, network);
    Safetensors tensors = Safetensors.read(path);
    for (int i = 0; i < 3; i++) {
      assertThat(weights.kernel(i)).isEqualTo(tensors.tensor("dense_" + i + ".kernel").floats());
      assertThat(weights.bias(i)).isEqualTo(tensors.tensor("dense_" + i + ".bias").floats());
    }
    Network diabetes = Network.of(10).dense(64, RELU).dense(32, RELU).dense(1, IDENTITY);
    ModelFile.readWeights(GOLDEN.resolve("init/diabetes_10_64_32_1.safetensors"), diabetes);
    // Final weights are doubles.
    ModelFile.readWeights(GOLDEN.resolve("cases/bc_adam_none/final.safetensors"), network);
  }

  @Test
  void readsTheWeightsOfAModel() {
    ModelFile.save(binary(), folder);
    assertThat(ModelFile.readWeights(folder, binary().network()).values())
        .isEqualTo(binary().weights().values());
  }

  private void assertUnfit(Network network, Path path, String message) {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelFile.readWeights(path, network))
        .withMessage(path + ": " + message);
  }

  @Test
  void saysHowWeightsDiffer() {
    Path path = GOLDEN.resolve("init/diabetes_10_64_32_1.safetensors");
    assertUnfit(
        Network.of(30).dense(128, RELU).dense(64, RELU).dense(1, SIGMOID),
        path,
        "dense_0.kernel is [10x64], the network needs [30x128]");
    assertUnfit(
        Network.of(10).dense(64, RELU).dense(1, IDENTITY),
        path,
        "holds 'dense_2.bias', 'dense_2.kernel', which the network of 2 dense layers does not"
            + " have");
    assertUnfit(
        Network.of(10).dense(64, RELU).dense(32, RELU).dense(8, RELU).dense(1, IDENTITY),
        path,
        "lacks dense_3.kernel, dense_3.bias; the network has 4 dense layers");
    assertUnfit(
        Network.of(10).dense(64, RELU).dense(32, RELU).dense(1, IDENTITY),
        GOLDEN.resolve("inputs/diabetes.safetensors"),
        "lacks dense_0.kernel, dense_0.bias, dense_1.kernel, dense_1.bias, dense_2.kernel and 1"
            + " more; the network has 3 dense layers");
    assertUnfit(
        Network.of(Integer.MAX_VALUE).dense(Integer.MAX_VALUE, RELU).dense(1, IDENTITY),
        path,
        "network: more than 2^31 parameters; make the layers narrower");
  }

  @Test
  void refusesWeightsThatAreNotFinite() {
    Network network = Network.of(2).dense(2, RELU).dense(1, SIGMOID);
    Path path = folder.resolve("w.safetensors");
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e39}) {
      Safetensors.write(
          path,
          Map.of(),
          Map.of(
              "dense_0.kernel", Tensor.of(new int[] {2, 2}, new double[] {1, 2, 3, bad}),
              "dense_0.bias", Tensor.of(new int[] {2}, new float[2]),
              "dense_1.kernel", Tensor.of(new int[] {2, 1}, new float[2]),
              "dense_1.bias", Tensor.of(new int[] {1}, new float[1])));
      assertUnfit(
          network,
          path,
          "dense_0.kernel holds " + (float) bad + " at row 1, column 1; expected finite numbers");
    }
    Model model = binary();
    float[] values = model.weights().values().clone();
    values[model.weights().layout().biasOffset(1) + 1] = Float.NaN;
    Model broken =
        new Model(
            model.network(),
            Weights.copyOf(model.weights().layout(), values),
            model.schema(),
            null,
            null,
            Map.of());
    Path never = folder.resolve("never.safetensors");
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelFile.save(broken, never))
        .withMessage(
            never + ": dense_1.bias holds NaN at row 0, column 1; expected finite numbers");
    assertThat(Files.exists(never)).isFalse();
  }
}
