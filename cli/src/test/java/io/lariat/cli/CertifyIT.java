package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lariat.model.Model;
import io.lariat.model.Safetensors;
import io.lariat.model.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code lariat certify} through the real program: the shipped example, and what is not true. */
final class CertifyIT {
  private static final Path CANCER = Program.DATA.resolve("breast_cancer.csv");

  @TempDir private static Path shared;
  private static Path run;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    run = shared.resolve("run");
    Program.Outcome outcome =
        Program.real(
            shared,
            "train",
            CANCER.toString(),
            "--target",
            "benign",
            "--activation",
            "tanh",
            "--hidden",
            "30,20",
            "--penalize",
            "all",
            "--polish",
            "--no-compare",
            "--out",
            run.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("polished on all training rows to a KKT residual of ");
    assertThat(outcome.out()).doesNotContain("scale can escape");
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  /** A CSV file whose name says libsvm is read as what it is trained and certified as. */
  @Test
  void theFormatIsAsked() throws IOException {
    Path named = Files.copy(CANCER, folder.resolve("x.libsvm"));
    Program.Outcome asked =
        Program.here("certify", run.toString(), named.toString(), "--format", "csv");
    assertThat(asked.code()).as(asked.err()).isZero();
    assertThat(asked.out()).contains("certificate true");
    Program.Outcome guessed = Program.here("certify", run.toString(), named.toString());
    assertThat(guessed.code()).isEqualTo(1);
    assertThat(guessed.err()).contains("x.libsvm", "--format csv");
  }

  @Test
  void theShippedExample() throws IOException {
    Program.Outcome outcome =
        Program.real(folder, "certify", run.toString(), CANCER.toString(), "--target", "benign");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    JsonObject summary = json(Program.text(run.resolve("summary.json")));
    JsonObject claim = summary.getAsJsonObject("certificate");
    assertThat(claim.get("residual_in_lambdas").getAsDouble()).isLessThanOrEqualTo(1e-6);
    assertThat(claim.get("polish").getAsString()).isEqualTo("reached");
    assertThat(outcome.out())
        .contains("of lambda 0.001", "worst at dense_", "the first 512 of 569 rows")
        .contains(claim.get("data_sha256").getAsString())
        .contains("certificate true")
        .doesNotContain("kink");
    assertThat(Program.real(folder, "inspect", run.toString()).out())
        .contains("certificate  KKT residual ", "; polished to 1.00e-06", "objective 0.0269")
        .contains(claim.get("data_sha256").getAsString(), "'lariat certify' checks it");
  }

  /** Metrics and history are those of the polished weights. */
  @Test
  void theRunDescribesThePolishedModel() throws IOException {
    JsonObject summary = json(Program.text(run.resolve("summary.json")));
    JsonObject claim = summary.getAsJsonObject("certificate");
    List<String> history = Files.readAllLines(run.resolve("history.csv"));
    assertThat(history).hasSize(1 + 15 + 1);
    String[] last = history.getLast().split(",", -1);
    assertThat(last[0]).isEqualTo("16");
    assertThat(Double.parseDouble(last[1])).isEqualTo(claim.get("objective").getAsDouble());
    assertThat(Double.parseDouble(last[3])).isEqualTo(claim.get("penalty").getAsDouble());
    JsonObject validation =
        summary.getAsJsonObject("metrics").getAsJsonObject("validation").getAsJsonObject();
    assertThat(Double.parseDouble(last[5])).isEqualTo(validation.get("loss").getAsDouble());
    assertThat(Double.parseDouble(last[7])).isEqualTo(validation.get("accuracy").getAsDouble());
    Model model = Model.load(run);
    int zeros = 0;
    for (int i = 0; i < 3; i++) {
      zeros += model.weights().zeros(i);
    }
    assertThat(Integer.parseInt(last[8])).isEqualTo(zeros);
    assertThat(summary.get("epochs").getAsInt()).isEqualTo(15);
    assertThat(summary.get("best_epoch").isJsonNull()).isTrue();
    assertThat(model.notes()).containsEntry("epochs_run", "15").containsEntry("polish", "1.0E-6");
  }

  private Program.Outcome untrue(Path model, Path data) {
    Program.Outcome outcome = Program.here("certify", model.toString(), data.toString());
    assertThat(outcome.code()).as(outcome.out()).isEqualTo(3);
    assertThat(outcome.errLines()).singleElement().asString().contains("is not true of", "; use ");
    assertThat(outcome.out()).contains("not true");
    return outcome;
  }

  @Test
  void otherData() throws IOException {
    List<String> lines = Files.readAllLines(CANCER);
    lines.set(569, lines.get(569).replaceFirst("^[^,]*,", "7.5,"));
    Path csv = Files.write(folder.resolve("other.csv"), lines);

    assertThat(untrue(run, csv).out())
        .contains("the data is not that of the certificate, which names 512 rows of 569");
    Program.Outcome real = Program.real(folder, "certify", run.toString(), "other.csv");
    assertThat(real.code()).isEqualTo(3);
    assertThat(real.errLines()).hasSize(1);
  }

  /** The model with its metadata and tensors changed. */
  private Path edited(UnaryOperator<String> certificate, String tensor, double change) {
    Safetensors valid = Safetensors.read(run.resolve("model.safetensors"));
    Map<String, String> metadata = new HashMap<>(valid.metadata());
    metadata.computeIfPresent("certificate", (key, text) -> certificate.apply(text));
    metadata.remove("lariat_checksum"); // as whoever means to change a file does
    metadata.put("lariat_format", "1");
    Map<String, Tensor> tensors = new HashMap<>();
    valid.names().forEach(name -> tensors.put(name, valid.tensor(name)));
    Tensor changed = valid.tensor(tensor);
    double[] values = changed.doubles();
    values[0] += change;
    tensors.put(tensor, Tensor.of(changed.shape(), values));
    Path path = folder.resolve("edited.safetensors");
    Safetensors.write(path, metadata, tensors);
    return path;
  }

  @ParameterizedTest
  @CsvSource({"dense_0.kernel, 0.01", "dense_1.kernel, -1e-5", "dense_2.bias, 1e-6"})
  void editedWeights(String tensor, double change) {
    untrue(edited(text -> text, tensor, change), CANCER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"objective\":0.0 | \"objective\":0.1 | the objective is",
        "\"residual\":.*?,\"l | \"residual\":0.001,\"l | the residual is",
        "\"lambda\":0.001 | \"lambda\":1 | the lambda is 0.001, the certificate says 1.0",
        "\"tolerance\":1.0E-6 | \"tolerance\":1e-300 | is above the tolerance",
        "\"rows\":512 | \"rows\":500 | the residual is",
        "\"data_sha256\":\"... | \"data_sha256\":\"abc | the data is not that of the certificate"
      })
  void editedClaims(String from, String to, String said) {
    Path model = edited(text -> text.replaceFirst(from, to), "dense_2.bias", 0);

    assertThat(untrue(model, CANCER).out()).contains(said);
  }

  @Test
  void aPlainModelClaimsNothing() {
    Program.Outcome trained =
        Program.here(
            "train",
            CANCER.toString(),
            "--target",
            "benign",
            "--epochs",
            "2",
            "--no-compare",
            "--quiet",
            "--out",
            folder.resolve("plain").toString());
    assertThat(trained.code()).isZero();

    Program.Outcome outcome =
        Program.here("certify", folder.resolve("plain").toString(), CANCER.toString(), "--json");

    assertThat(outcome.code()).isZero();
    JsonObject found = json(outcome.out());
    assertThat(found.get("claimed").isJsonNull()).isTrue();
    assertThat(found.getAsJsonArray("differences")).isEmpty();
    JsonObject computed = found.getAsJsonObject("computed");
    assertThat(computed.get("rows").getAsInt()).isEqualTo(512);
    assertThat(computed.get("residual_in_lambdas").getAsDouble()).isGreaterThan(0.1);
    assertThat(Program.here("certify", folder.resolve("plain").toString(), CANCER.toString()).out())
        .contains("none: the model claims nothing", "relu: ");
    assertThat(Program.here("inspect", folder.resolve("plain").toString()).out())
        .contains("certificate  none; 'lariat certify'");
  }

  @Test
  void compactedModels() throws IOException {
    String small = folder.resolve("small.safetensors").toString();
    Program.Outcome compacted = Program.here("compact", run.toString(), "--out", small);
    assertThat(compacted.out()).contains("certificate left out");
    Program.Outcome outcome = Program.here("certify", small, CANCER.toString());
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("none: the model claims nothing");
    assertThat(Program.here("inspect", small).out())
        .contains("certificate  none", "names a table with all columns");

    Program.Outcome trained =
        Program.here(
            "train",
            CANCER.toString(),
            "--target",
            "benign",
            "--activation",
            "softplus",
            "--hidden",
            "4",
            "--l1",
            "0.01",
            "--penalize",
            "all",
            "--polish",
            "1e-7",
            "--compact",
            "--no-compare",
            "--out",
            folder.resolve("out").toString());
    assertThat(trained.code()).as(trained.err()).isZero();
    Model model = Model.load(folder.resolve("out"));
    assertThat(model.features()).isLessThan(30);
    assertThat(model.certificate().lambdas()).isLessThanOrEqualTo(1e-7);
    Program.Outcome certified =
        Program.here("certify", folder.resolve("out").toString(), CANCER.toString());
    assertThat(certified.code()).as(certified.err()).isZero();
    assertThat(certified.out()).contains("certificate true");
  }
}
