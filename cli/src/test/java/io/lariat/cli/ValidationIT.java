package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lariat.data.Dataset;
import io.lariat.data.ReadProgress;
import io.lariat.data.Table;
import io.lariat.model.Model;
import io.lariat.train.Evaluation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lariat train --validation} through the real program. */
final class ValidationIT {
  @TempDir private Path folder;
  private final List<String> other = new ArrayList<>();

  /** Every fifth row of the wines in {@code other.csv}, with its columns reversed. */
  @BeforeEach
  void split() throws IOException {
    List<String> lines = Files.readAllLines(Program.DATA.resolve("wine.csv"));
    List<String> rows = new ArrayList<>(List.of(lines.getFirst()));
    other.add(reversed(lines.getFirst()));
    for (int i = 1; i < lines.size(); i++) {
      if (i % 5 == 0) {
        other.add(reversed(lines.get(i)));
      } else {
        rows.add(lines.get(i));
      }
    }
    Files.write(folder.resolve("rows.csv"), rows);
    Files.write(folder.resolve("other.csv"), other);
  }

  private static String reversed(String line) {
    List<String> cells = new ArrayList<>(Arrays.asList(line.split(",", -1)));
    Collections.reverse(cells);
    return String.join(",", cells);
  }

  private static String[] command(String out, String... more) {
    List<String> args = new ArrayList<>(List.of("train", "rows.csv", "--target", "class"));
    args.addAll(List.of("--hidden", "8", "--out", out));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private String train(String out, String... more) {
    Program.Outcome outcome = Program.real(folder, command(out, more));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.out();
  }

  private JsonObject summary(String out) throws IOException {
    return JsonParser.parseString(Program.text(folder.resolve(out + "/summary.json")))
        .getAsJsonObject();
  }

  @Test
  void trainsOnAllRowsAndValidatesOnTheOthers() throws IOException {
    String said = train("out", "--epochs", "3", "--validation", "other.csv");
    train("all", "--epochs", "3", "--validation-split", "0");

    Model model = Model.load(folder.resolve("out"));
    assertThat(model.weights().doubles())
        .isEqualTo(Model.load(folder.resolve("all")).weights().doubles());
    assertThat(said).contains("validation other.csv: 35 rows").doesNotContain("no validation rows");
    JsonObject data = summary("out").getAsJsonObject("data");
    assertThat(data.get("training_rows").getAsInt()).isEqualTo(143);
    assertThat(data.get("validation_rows").getAsInt()).isEqualTo(35);
    assertThat(data.get("validation_file").getAsString()).isEqualTo("other.csv");
    Dataset rows = Table.at(folder.resolve("other.csv")).read(model.schema(), ReadProgress.NONE);
    JsonObject metrics = summary("out").getAsJsonObject("metrics").getAsJsonObject("validation");
    assertThat(metrics.get("rows").getAsInt()).isEqualTo(35);
    assertThat(metrics.get("accuracy").getAsDouble())
        .isEqualTo(Evaluation.of(model, rows).metric());
    assertThat(Program.text(folder.resolve("out/report.html")))
        .contains("35 rows of other.csv serve for validation.");
  }

  @Test
  void theBestEpochIsThatOfTheOtherRows() throws IOException {
    train(
        "out",
        "--epochs",
        "200",
        "--learning-rate",
        "0.05",
        "--early-stopping",
        "3",
        "--validation",
        "other.csv");

    List<String> history = Files.readAllLines(folder.resolve("out/history.csv"));
    List<Double> losses =
        history.stream().skip(1).map(line -> Double.valueOf(line.split(",", -1)[5])).toList();
    JsonObject summary = summary("out");
    assertThat(summary.get("stop_reason").getAsString()).isEqualTo("early_stopping");
    int best = losses.indexOf(Collections.min(losses));
    assertThat(summary.get("best_epoch").getAsInt()).isEqualTo(best + 1);
    // The model is of that epoch: what it gives for the rows is what was measured then.
    double measured = Double.parseDouble(history.get(best + 1).split(",", -1)[7]);
    Model model = Model.load(folder.resolve("out"));
    Dataset rows = Table.at(folder.resolve("other.csv")).read(model.schema(), ReadProgress.NONE);
    assertThat(Evaluation.of(model, rows).metric())
        .isCloseTo(measured, within(1e-6)); // the history's is a mean of floats
  }

  @Test
  void aPolishIsMeasuredOnTheOtherRows() throws IOException {
    train(
        "out",
        "--epochs",
        "3",
        "--activation",
        "tanh",
        "--penalize",
        "all",
        "--polish",
        "--keep",
        "alcohol",
        "--validation",
        "other.csv");

    List<String> history = Files.readAllLines(folder.resolve("out/history.csv"));
    assertThat(history).hasSize(1 + 3 + 1);
    assertThat(history.getLast().split(",", -1)[5]).isNotEmpty();
    Program.Outcome certified = Program.real(folder, "certify", "out", "rows.csv");
    assertThat(certified.out()).contains("all of 143 rows", "true:");
  }

  @Test
  void aRunGoesOnOnlyWithTheSameRows() throws IOException, InterruptedException {
    String[] command =
        command("out", "--epochs", "1000000", "--no-compare", "--validation", "other.csv");
    ProcessBuilder builder = Program.builder(folder, command);
    builder.command().addAll(0, List.of("env", "--default-signal=INT,HUP"));
    Process process = builder.start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      do {
        line = out.readLine();
      } while (line != null && !line.startsWith("    2 "));
      InterruptIT.send("INT", process);
      assertThat(out.lines()).anyMatch(said -> said.contains("stopped in epoch"));
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);

    other.removeLast();
    Files.write(folder.resolve("other.csv"), other);
    List<String> again = new ArrayList<>(Arrays.asList(command));
    again.add("--resume");
    Program.Outcome outcome = Program.real(folder, again.toArray(String[]::new));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines()).singleElement().asString().contains("other validation rows");
  }
}
