package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lariat.model.Model;
import io.lariat.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lariat train} through the real program. */
final class TrainIT {
  private static final List<String> FILES =
      List.of("history.csv", "model.safetensors", "report.html", "summary.json");

  @TempDir private Path folder;

  private static String data(String name) {
    return Program.DATA.resolve(name).toString();
  }

  private Program.Outcome train(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "train";
    System.arraycopy(args, 0, all, 1, args.length);
    Program.Outcome outcome = Program.real(folder, all);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    // On a slow machine long epochs are reported on.
    assertThat(outcome.errLines()).allMatch(line -> line.contains(": epoch "));
    return outcome;
  }

  @Test
  void theFirstCommandOfTheReadme() throws IOException {
    Program.Outcome outcome = train(data("breast_cancer.csv"), "--target", "benign");

    assertThat(outcome.outLines()).filteredOn(line -> line.matches(" +\\d+ .*%.*")).hasSize(15);
    assertThat(outcome.out()).doesNotContain("\r").doesNotContain("\u001b");
    assertThat(outcome.out())
        .contains("reference (", "as the run is too short for SIMD to warm up")
        .contains("validation  accuracy 0.9", "exactly zero", "of 30 in use")
        .contains("lariat-out/breast_cancer-1");
    Path out = folder.resolve("lariat-out/breast_cancer-1");
    assertThat(Program.names(out)).isEqualTo(FILES);
    List<String> history = Files.readAllLines(out.resolve("history.csv"));
    assertThat(history).hasSize(16);
    assertThat(history.getFirst())
        .isEqualTo(
            "epoch,loss,data_loss,penalty,accuracy,val_loss,val_data_loss,val_accuracy,zeros,"
                + "seconds");
    JsonObject summary =
        JsonParser.parseString(Program.text(out.resolve("summary.json"))).getAsJsonObject();
    assertThat(summary.keySet())
        .contains("settings", "seed", "versions", "backend", "metrics", "zeros")
        .contains("used_features", "unused_features", "overfitting", "best_epoch", "stop_reason");
    assertThat(summary.getAsJsonObject("metrics").getAsJsonObject("validation").get("auc"))
        .isNotNull();
    assertThat(summary.getAsJsonArray("zeros")).hasSize(3);
    assertThat(summary.get("unpenalized").isJsonObject()).isTrue();
    assertThat(Program.text(out.resolve("report.html"))).contains("<html").contains("</html>");
  }

  @ParameterizedTest
  @CsvSource({
    "wine.csv, class, multiclass, val_accuracy",
    "digits.csv, digit, multiclass, val_accuracy",
    "penguins.csv, species, multiclass, val_accuracy",
    "diabetes.csv, progression, regression, val_mae"
  })
  void everyShippedDataSet(String file, String target, String task, String metric)
      throws IOException {
    train(data(file), "--target", target, "--epochs", "2", "--out", "out");

    String history = Program.text(folder.resolve("out/history.csv"));
    assertThat(history.lines().findFirst().orElseThrow()).contains(metric);
    assertThat(Program.text(folder.resolve("out/summary.json"))).contains("\"" + task + "\"");
  }

  @Test
  void readsGzip() {
    train(
        data("fashion_mnist_5000_1000.csv.gz"),
        "--target",
        "label",
        "--epochs",
        "1",
        "--no-compare");

    assertThat(folder.resolve("lariat-out/fashion_mnist_5000_1000-1")).isDirectory();
  }

  @Test
  void theModelIsTheSameForAnyNumberOfThreads() throws IOException {
    String[] options = {
      data("breast_cancer.csv"),
      "--target",
      "benign",
      "--epochs",
      "3",
      "--dropout",
      "0.2",
      "--no-compare",
      "--quiet",
      "--threads",
      "1",
      "--out",
      "one"
    };
    train(options);
    byte[] one = Files.readAllBytes(folder.resolve("one/model.safetensors"));
    for (String threads : List.of("2", "3")) {
      options[options.length - 3] = threads;
      options[options.length - 1] = "threads-" + threads;
      train(options);
      assertThat(folder.resolve("threads-" + threads + "/model.safetensors")).hasBinaryContent(one);
    }
  }

  @Test
  void foldersAreNumberedAndForceReplaces() throws IOException {
    String[] args = {data("wine.csv"), "--target", "class", "--epochs", "1", "--no-compare"};
    train(args);
    train(args);

    assertThat(Program.names(folder.resolve("lariat-out"))).containsExactly("wine-1", "wine-2");

    Path mine = Files.createDirectory(folder.resolve("mine"));
    Files.writeString(mine.resolve("history.csv"), "old");
    Files.writeString(mine.resolve("notes.txt"), "keep");
    String[] toMine = {
      "train", data("wine.csv"), "--target", "class", "--epochs", "1", "--out", "mine"
    };
    Program.Outcome refused = Program.real(folder, toMine);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.errLines()).singleElement().asString().contains("--force");
    assertThat(mine.resolve("history.csv")).hasContent("old");

    train(data("wine.csv"), "--target", "class", "--epochs", "1", "--out", "mine", "--force");
    assertThat(Program.text(mine.resolve("history.csv"))).startsWith("epoch,");
    assertThat(mine.resolve("notes.txt")).hasContent("keep");
    assertThat(Program.names(mine)).hasSize(5).containsAll(FILES);
  }

  @Test
  void everyOptionTogether() throws IOException {
    train(
        data("breast_cancer.csv"),
        "--target",
        "benign",
        "--task",
        "binary",
        "--hidden",
        "128,64",
        "--activation",
        "relu",
        "--l1",
        "0.001",
        "--l2",
        "0.0001",
        "--penalize",
        "all",
        "--penalty",
        "subgradient",
        "--optimizer",
        "sgd",
        "--learning-rate",
        "0.01",
        "--momentum",
        "0.9",
        "--nesterov",
        "--dropout",
        "0.1",
        "--epochs",
        "40",
        "--batch-size",
        "100",
        "--validation-split",
        "0.2",
        "--no-shuffle",
        "--no-standardize",
        "--seed",
        "-7",
        "--early-stopping",
        "2",
        "--min-delta",
        "0.01",
        "--init",
        Program.DATA.resolve("golden/init/bc_30_128_64_1.safetensors").toString(),
        "--backend",
        "reference",
        "--threads",
        "1",
        "--out",
        "a/b/out",
        "--no-compare",
        "--verbose");

    assertThat(Program.text(folder.resolve("a/b/out/summary.json")))
        .contains("\"reference", "\"seed\": -7", "\"momentum\": 0.9", "\"nesterov\": true");
  }

  @Test
  void weightDecayAndScheduleAreToldWithTheResult() throws IOException {
    Program.Outcome outcome =
        train(
            data("breast_cancer.csv"),
            "--target",
            "benign",
            "--hidden",
            "4",
            "--epochs",
            "4",
            "--optimizer",
            "adamw",
            "--weight-decay",
            "0.01",
            "--schedule",
            "cosine",
            "--warmup-epochs",
            "1",
            "--no-compare",
            "--out",
            "scheduled");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("adamw, learning rate 0.001 (cosine), batches of");
    String summary = Program.text(folder.resolve("scheduled/summary.json"));
    assertThat(summary)
        .contains("\"optimizer\": \"adamw\"", "\"weight_decay\": 0.01")
        .contains("\"schedule\": \"cosine\"", "\"warmup_epochs\": 1", "\"least_rate\": 0.0");
    assertThat(Program.text(folder.resolve("scheduled/report.html"))).contains("warmup_epochs");
    List<String> history = Program.text(folder.resolve("scheduled/history.csv")).lines().toList();
    assertThat(history).hasSize(5);
    assertThat(history.getFirst()).endsWith(",seconds,learning_rate");
  }

  @Test
  void quietSaysNothing() {
    Program.Outcome outcome =
        train(data("wine.csv"), "--target", "class", "--epochs", "1", "--quiet");

    assertThat(outcome.out()).isEmpty();
  }

  /** Without hidden layers the penalty is on the only kernel, but for the columns that are kept. */
  @Test
  void onlyKeptColumnsSurviveALargePenalty() throws IOException {
    Program.Outcome outcome =
        train(
            data("breast_cancer.csv"),
            "--target",
            "benign",
            "--hidden",
            "none",
            "--l1",
            "10",
            "--optimizer",
            "sgd",
            "--learning-rate",
            "0.1",
            "--epochs",
            "60",
            "--keep",
            "mean_radius,worst_area",
            "--no-compare",
            "--out",
            "out");

    Model model = ModelFile.load(folder.resolve("out"));
    List<String> used = new ArrayList<>();
    for (int i = 0; i < model.features(); i++) {
      if (model.weights().usesInput(i)) {
        used.add(model.schema().featureNames().get(i));
      }
    }
    assertThat(used).containsExactly("mean_radius", "worst_area");
    assertThat(outcome.out()).doesNotContain("scale can escape");
    assertThat(Program.text(folder.resolve("out/summary.json")))
        .contains("\"keep\": \"mean_radius,worst_area\"");
  }

  @Test
  void aGroupPenaltyDropsWholeColumns() throws IOException {
    Program.Outcome outcome =
        train(
            data("penguins.csv"),
            "--target",
            "species",
            "--hidden",
            "16",
            "--group",
            "0.3",
            "--penalize",
            "all",
            "--learning-rate",
            "0.01",
            "--epochs",
            "60",
            "--keep",
            "year",
            "--out",
            "out");

    assertThat(outcome.out())
        .contains("penalty group 0.3, l1 0.0, l2 0.0 on the first layer, l1 0.001, l2 0.0 on all")
        .doesNotContain("scale can escape");
    Model model = ModelFile.load(folder.resolve("out"));
    boolean[] used = new boolean[model.features()];
    for (int i = 0; i < used.length; i++) {
      used[i] = model.weights().usesInput(i);
    }
    List<String> names = model.schema().featureNames();
    assertThat(names.subList(0, 3)).allMatch(name -> name.startsWith("island="));
    assertThat(used[0] == used[1] && used[1] == used[2]).as("the islands go together").isTrue();
    assertThat(names.subList(7, 10)).containsExactly("sex=female", "sex=male", "year");
    assertThat(used[7] || used[8]).as("sex tells no species").isFalse();
    assertThat(used[9]).as("year is kept").isTrue();
    assertThat(Program.text(folder.resolve("out/summary.json")))
        .contains("\"group\": 0.3", "\"l1_first_layer\": 0.0");
    assertThat(Program.text(folder.resolve("out/report.html")))
        .contains("with L1 and group L1", "group L1 with \u03bb = 0.3 on the weights of dense_0");
    assertThat(Program.real(folder, "inspect", "out").out()).contains("group 0.3  ");
  }

  @Test
  void saysWhereScaleCanEscape() {
    String[] run = {data("wine.csv"), "--target", "class", "--epochs", "1", "--no-compare"};
    assertThat(train(run).out()).contains("the output layer is not penalised, so scale can escape");
    String[] all = Arrays.copyOf(run, run.length + 2);
    all[run.length] = "--penalize";
    all[run.length + 1] = "all";
    assertThat(train(all).out()).doesNotContain("scale can escape");
  }

  @Test
  void withoutHiddenLayersAndWithoutValidation() throws IOException {
    Program.Outcome outcome =
        train(
            data("wine.csv"),
            "--target",
            "class",
            "--epochs",
            "2",
            "--hidden",
            "none",
            "--validation-split",
            "0",
            "--out",
            "out");

    assertThat(outcome.out()).contains("no validation rows").doesNotContain("scale can escape");
    assertThat(Files.readAllLines(folder.resolve("out/history.csv")).get(1))
        .containsPattern("^1,[^,]+,[^,]+,[^,]+,[^,]+,,,,\\d+,[^,]+$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Dlariat.backend=reference", ""})
  void theBackendComesFromTheSystemPropertyUnlessNamed(String javaOptions) {
    Program.Outcome outcome =
        Program.realWith(
            folder,
            javaOptions,
            "train",
            data("wine.csv"),
            "--target",
            "class",
            "--epochs",
            "1",
            "--no-compare");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    if (!javaOptions.isEmpty()) {
      assertThat(outcome.out()).contains("backend   reference");
    }
    assertThat(outcome.err()).isEmpty();
  }
}
