package io.lariat.tables;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lariat.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every command on one table, in a folder of its own; what it finds wrong. */
final class Trial {
  private static final List<String> QUICK = List.of("--seed", "7", "--threads", "1", "--quiet");

  private final Table table;
  private final Path folder;
  private final Path data;
  private final List<String> findings = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  /** What may be in the folder. */
  private final List<String> expected = new ArrayList<>();

  private int commands;

  private Trial(Table table, Path folder) throws IOException {
    this.table = table;
    this.folder = folder;
    data = table.style().write(table, folder);
    expected.add(table.style().fileName());
  }

  /**
   * What came of it.
   *
   * @param findings what is wrong, each beginning with the command
   * @param refusals the sentences of commands that refused the table
   * @param commands how many were run
   */
  record Result(List<String> findings, List<String> refusals, int commands) {}

  /** Runs all commands on {@code table}. */
  static Result of(Table table) throws IOException {
    Path folder = Files.createTempDirectory("lariat-table");
    try {
      Trial trial = new Trial(table, folder);
      trial.run();
      return new Result(trial.findings, trial.refusals, trial.commands);
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void run() throws IOException {
    int turn = table.rows().size() % 6;
    boolean linear = turn > 1;
    String hidden = !linear ? "3" : turn == 2 ? "none" : "none --no-polish"; // polish takes longest
    model("train", "--hidden " + hidden + " --epochs 2 --no-compare --backend reference");
    model("path", "--hidden none --lambdas 4 --folds 2");
    model("select", "--hidden " + (linear ? "none" : "2") + " --subsamples 0");
    compare();
  }

  private void compare() throws IOException {
    List<String> findings = new ArrayList<>();
    fit(
        "compare",
        "--hidden 2 --epochs 1 --folds 2 --seeds 1 --lambdas 0.01 --backend reference",
        findings,
        List.of("compare.csv", "report.html"));
    keep("compare", findings);
  }

  /** A command that writes a model, then all that take one. */
  private void model(String command, String options) throws IOException {
    List<String> findings = new ArrayList<>();
    Path out =
        fit(
            command,
            options,
            findings,
            List.of("model.safetensors", "summary.json", "report.html"));
    if (out != null) {
      JsonObject summary = json(out.resolve("summary.json"));
      Claims.finite("summary.json", summary, findings);
      Path model = out.resolve("model.safetensors");
      Program.@Nullable Outcome predicted =
          run(findings, "predict", out.toString(), data.toString(), "--quiet");
      if (predicted != null) {
        claims(command, summary, new Claims(table, predicted.out(), findings));
      }
      run(findings, "inspect", model.toString());
      certify(model, findings);
      Path compact = out.resolve("compact.safetensors");
      if (run(findings, "compact", model.toString(), data.toString(), "--out", compact.toString())
              != null
          && !Files.exists(compact)) {
        findings.add("compact wrote nothing");
      }
    }
    keep(command, findings);
  }

  private void keep(String command, List<String> found) {
    found.forEach(finding -> findings.add(command + ": " + finding));
  }

  /** Runs a command with an output folder; the folder, or null if it refused. */
  private @Nullable Path fit(
      String command, String options, List<String> findings, List<String> files)
      throws IOException {
    Path out = folder.resolve(command);
    List<String> args = new ArrayList<>(List.of(command, data.toString()));
    if (!table.style().libsvm()) {
      args.addAll(List.of("--target", table.target()));
    }
    args.addAll(List.of("--task", table.task(), "--out", out.toString()));
    args.addAll(Arrays.asList(options.split(" ")));
    args.addAll(QUICK);
    Program.Outcome outcome = run(findings, args.toArray(String[]::new));
    if (outcome != null) {
      expected.add(command);
    }
    List<String> left = new ArrayList<>(Program.names(folder));
    left.removeAll(expected);
    if (!left.isEmpty()) {
      findings.add((outcome == null ? "refused, and left " : "left ") + left);
    }
    if (outcome == null) {
      return null;
    }
    List<String> missing =
        files.stream().filter(file -> !Files.isRegularFile(out.resolve(file))).toList();
    if (!missing.isEmpty()) {
      findings.add("did not write " + missing);
      return null;
    }
    return out;
  }

  /** Runs a command; null, and noted, if it refused. */
  private Program.@Nullable Outcome run(List<String> findings, String... args) {
    commands++;
    Program.Outcome outcome = Program.here(args);
    List<String> lines = outcome.errLines();
    if (outcome.err().contains("internal error") || outcome.code() > 2 || outcome.code() < 0) {
      findings.add(args[0] + " ends with " + outcome.code() + ": " + outcome.err().strip());
    } else if (outcome.code() != 0
        && (lines.size() != 1 || !lines.getFirst().startsWith("lariat: "))) {
      findings.add(args[0] + " refuses with " + lines.size() + " lines: " + outcome.err().strip());
    } else if (outcome.code() != 0 && args[0].matches("predict|inspect|certify|compact")) {
      refusals.add(args[0] + " of its own model: " + outcome.err().strip());
    } else if (outcome.code() != 0) {
      refusals.add(args[0] + ": " + outcome.err().strip());
    } else if (!outcome.err().isEmpty()) {
      findings.add(args[0] + " succeeds and says " + outcome.err().strip());
    }
    return outcome.code() == 0 ? outcome : null;
  }

  private void claims(String command, JsonObject summary, Claims claims) {
    switch (command) {
      case "train" -> {
        JsonObject data = summary.getAsJsonObject("data");
        int training = data.get("training_rows").getAsInt();
        JsonObject metrics = summary.getAsJsonObject("metrics");
        claims.metrics("training", metrics.getAsJsonObject("training"), 0, training);
        if (metrics.get("validation").isJsonObject()) {
          JsonObject validation = metrics.getAsJsonObject("validation");
          claims.metrics("validation", validation, training, data.get("rows").getAsInt());
        }
      }
      case "select" ->
          claims.metrics(
              "training", summary.getAsJsonObject("training_metrics"), 0, table.rows().size());
      default -> claims.loss(summary.getAsJsonObject("chosen"));
    }
  }

  private void certify(Path model, List<String> findings) {
    if (table.style().libsvm()) {
      return; // certificates are of dense rows
    }
    Program.Outcome outcome = run(findings, "certify", model.toString(), data.toString(), "--json");
    if (outcome != null) {
      JsonObject json = JsonParser.parseString(outcome.out()).getAsJsonObject();
      Claims.finite("certify --json", json, findings);
      JsonElement differences = json.get("differences");
      if (differences != null && !differences.getAsJsonArray().isEmpty()) {
        findings.add("the certificate differs: " + differences);
      }
    }
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Program.text(file)).getAsJsonObject();
  }
}
