package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lariat.model.Model;
import io.lariat.model.Safetensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lariat train --polish}. */
final class PolishIT {
  private static final Path GOLDEN = Program.DATA.resolve("golden");

  @TempDir private Path folder;

  private Program.Outcome train(String data, String target, String... more) {
    List<String> args = new ArrayList<>(List.of("train", data, "--target", target, "--no-compare"));
    args.addAll(List.of("--out", folder.resolve("out").toString(), "--force"));
    args.addAll(List.of(more));
    Program.Outcome outcome = Program.here(args.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome;
  }

  private JsonObject summary() throws IOException {
    return JsonParser.parseString(Program.text(folder.resolve("out/summary.json")))
        .getAsJsonObject();
  }

  /** The golden rows, standardised by others in double, as a file. */
  private String standardized() throws IOException {
    Safetensors t = Safetensors.read(GOLDEN.resolve("inputs/breast_cancer_all569_f64.safetensors"));
    double[] x = t.tensor("x").doubles();
    double[] y = t.tensor("y").doubles();
    StringBuilder csv = new StringBuilder();
    for (int j = 0; j < 30; j++) {
      csv.append('f').append(j).append(',');
    }
    csv.append("benign\n");
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < 30; j++) {
        csv.append(x[i * 30 + j]).append(',');
      }
      csv.append((int) y[i]).append('\n');
    }
    return Files.writeString(folder.resolve("standardized.csv"), csv).toString();
  }

  /** Every golden lambda, from the raw file and from standardised numbers. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutHiddenLayersTheModelIsTheLasso(boolean standardize) throws IOException {
    String data =
        standardize ? Program.DATA.resolve("breast_cancer.csv").toString() : standardized();
    JsonArray solutions =
        JsonParser.parseString(Program.text(GOLDEN.resolve("logistic_lasso.json")))
            .getAsJsonObject()
            .getAsJsonArray("solutions");
    assertThat(solutions).hasSize(5);
    for (JsonElement element : solutions) {
      JsonObject golden = element.getAsJsonObject();
      String lambda = golden.get("lambda_").getAsString();
      List<String> options =
          new ArrayList<>(List.of("--hidden", "none", "--validation-split", "0", "--l1", lambda));
      if (!standardize) {
        options.add("--no-standardize");
      }
      train(data, "benign", options.toArray(String[]::new));

      double[] w = Model.load(folder.resolve("out")).weights().doubles();
      JsonArray coefficients = golden.getAsJsonArray("coefficients");
      for (int j = 0; j < 30; j++) {
        double expected = coefficients.get(j).getAsDouble();
        assertThat(w[j]).as("lambda %s, feature %d", lambda, j).isCloseTo(expected, within(1e-6));
        assertThat(w[j] == 0).isEqualTo(expected == 0);
      }
      assertThat(w[30]).isCloseTo(golden.get("intercept").getAsDouble(), within(1e-6));
      assertThat(summary().getAsJsonObject("certificate").get("objective").getAsDouble())
          .isCloseTo(golden.get("objective").getAsDouble(), within(1e-10));
    }
  }

  @ParameterizedTest
  @CsvSource({"diabetes.csv, progression", "wine.csv, class", "penguins.csv, species"})
  void soAreThoseOfOtherTasks(String file, String target) throws IOException {
    train(Program.DATA.resolve(file).toString(), target, "--hidden", "none", "--l1", "0.01");

    JsonObject certificate = summary().getAsJsonObject("certificate");
    assertThat(certificate.get("residual_in_lambdas").getAsDouble()).isLessThan(1e-8);
    assertThat(certificate.get("polish").getAsString()).isEqualTo("reached");
  }

  @Test
  void onlyWhenItIsWanted() throws IOException {
    String cancer = Program.DATA.resolve("breast_cancer.csv").toString();
    for (List<String> options :
        List.of(
            List.of("--hidden", "none", "--no-polish"),
            List.of("--hidden", "none", "--l1", "0"),
            List.of("--hidden", "none", "--penalty", "subgradient"),
            List.of("--hidden", "none", "--early-stopping", "3"),
            List.of("--hidden", "4"))) {
      List<String> all = new ArrayList<>(options);
      all.addAll(List.of("--epochs", "2"));
      train(cancer, "benign", all.toArray(String[]::new));
      assertThat(summary().get("certificate").isJsonNull()).as("%s", options).isTrue();
      assertThat(Model.load(folder.resolve("out")).weights().isExact()).isFalse();
    }
    // asked for, the subgradient's weights are polished to zeros
    train(cancer, "benign", "--penalty", "subgradient", "--hidden", "none", "--polish");
    assertThat(Model.load(folder.resolve("out")).weights().zeros(0)).isPositive();
  }

  @Test
  void sparseRowsAreLeftAsTheyAre() throws IOException {
    Path svm = folder.resolve("a.svm");
    Files.writeString(svm, "1 1:1 3:0.5\n0 2:1\n".repeat(20));
    Program.Outcome outcome =
        Program.here(
            "train",
            svm.toString(),
            "--hidden",
            "none",
            "--no-compare",
            "--out",
            folder.resolve("out").toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("not polished to the exact Lasso: a.svm has sparse rows");
    assertThat(summary().get("certificate").isJsonNull()).isTrue();
  }

  /** An option without a value before the data. */
  @Test
  void theToleranceMayBeLeftOut() throws IOException {
    Program.Outcome outcome =
        Program.here(
            "train",
            "--polish",
            Program.DATA.resolve("wine.csv").toString(),
            "--target",
            "class",
            "--hidden",
            "3",
            "--activation",
            "tanh",
            "--penalize",
            "all",
            "--l1",
            "0.02",
            "--no-compare",
            "--out",
            folder.resolve("out").toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(summary().getAsJsonObject("certificate").get("tolerance").getAsDouble())
        .isEqualTo(1e-6);
  }

  /** ReLU, and an output layer without a penalty: it ends, and says how far it came. */
  @Test
  void whatWasNotReachedIsSaid() throws IOException {
    Program.Outcome outcome =
        train(
            Program.DATA.resolve("breast_cancer.csv").toString(),
            "benign",
            "--hidden",
            "4",
            "--l1",
            "0.003",
            "--polish",
            "1e-9");

    JsonObject certificate = summary().getAsJsonObject("certificate");
    assertThat(certificate.get("polish").getAsString()).isIn("stalled", "iterations");
    assertThat(certificate.get("residual_in_lambdas").getAsDouble()).isGreaterThan(1e-9);
    assertThat(outcome.out())
        .contains("the polish did not reach 1.0e-09 lambda", "scale can escape", "relu: ");
    assertThat(
            Program.here(
                    "certify",
                    folder.resolve("out").toString(),
                    Program.DATA.resolve("breast_cancer.csv").toString())
                .code())
        .isZero();
  }

  @Test
  void canBeStopped() throws IOException, InterruptedException {
    ProcessBuilder program =
        Program.builder(
            folder,
            "train",
            Program.DATA.resolve("digits.csv").toString(),
            "--target",
            "digit",
            "--hidden",
            "200,100",
            "--epochs",
            "1",
            "--polish",
            "--out",
            "out");
    program.command().addAll(0, List.of("env", "--default-signal=INT"));
    Process process = program.start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      do {
        line = out.readLine();
      } while (line != null && !line.startsWith("    1 "));
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      assertThat(out.lines().toList()).anyMatch(l -> l.contains("as it was stopped"));
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(summary().getAsJsonObject("certificate").get("polish").getAsString())
        .isEqualTo("cancelled");
    assertThat(Model.load(folder.resolve("out")).weights().isExact()).isTrue();
  }
}
