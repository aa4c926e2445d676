package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lariat.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lariat path} through the real program. */
final class PathIT {
  @TempDir private Path folder;

  private Path path(String data, String target, String out, String... more) {
    return path(Program.DATA.resolve(data), target, out, more);
  }

  private Path path(Path data, String target, String out, String... more) {
    List<String> args =
        new ArrayList<>(List.of("path", data.toString(), "--target", target, "--out", out));
    args.addAll(List.of(more));
    Program.Outcome outcome = Program.real(folder, args.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    return folder.resolve(out);
  }

  private static List<String[]> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(line -> line.split(",", -1)).toList();
  }

  @Test
  void linearPathWritesItsFiles() throws IOException {
    Path out = path("breast_cancer.csv", "benign", "cancer", "--hidden", "none", "--folds", "10");

    assertThat(Program.names(out))
        .containsExactly(
            "coefficients.csv", "model.safetensors", "path.csv", "report.html", "summary.json");
    assertThat(Files.readAllLines(out.resolve("path.csv")).getFirst())
        .isEqualTo("lambda,zeros,features,train_loss,cv_mean,cv_se,metric,kkt");
    List<String[]> path = rows(out.resolve("path.csv"));
    List<String[]> coefficients = rows(out.resolve("coefficients.csv"));
    assertThat(path).hasSize(50);
    assertThat(Double.parseDouble(path.getFirst()[0]))
        .isCloseTo(0.38368324447763896, within(1e-12));
    for (int i = 0; i < 50; i++) {
      assertThat(coefficients.get(i)[0]).isEqualTo(path.get(i)[0]);
      long zeros =
          Arrays.stream(coefficients.get(i))
              .skip(2)
              .filter(c -> Double.parseDouble(c) == 0)
              .count();
      assertThat(path.get(i)[1]).isEqualTo(String.valueOf(zeros));
      assertThat(Double.parseDouble(path.get(i)[7]))
          .isLessThan(1e-9 * Double.parseDouble(path.get(i)[0]));
    }
    assertChosenWithinOneError(path, Model.load(out));
  }

  /** Finds the rule's row again, from the columns alone. */
  private static void assertChosenWithinOneError(List<String[]> path, Model model) {
    String[] best = path.getFirst();
    for (String[] row : path) {
      best = Double.parseDouble(row[4]) < Double.parseDouble(best[4]) ? row : best;
    }
    double limit = Double.parseDouble(best[4]) + Double.parseDouble(best[5]);
    String[] chosen =
        path.stream().filter(row -> Double.parseDouble(row[4]) <= limit).findFirst().orElseThrow();
    assertThat(model.notes()).containsEntry("lambda", chosen[0]).containsEntry("rule", "1se");
  }

  @Test
  void givenLambdasAreSortedAndUsedOnceAndFoldsMayBeLeftOut() throws IOException {
    Path out =
        path(
            "wine.csv",
            "class",
            "wine",
            "--hidden",
            "none",
            "--lambdas",
            "0.01,0.3,0.01,0.1",
            "--folds",
            "0");

    assertThat(Program.names(out))
        .containsExactly("coefficients.csv", "path.csv", "report.html", "summary.json");
    List<String[]> path = rows(out.resolve("path.csv"));
    assertThat(path.stream().map(row -> row[0])).containsExactly("0.3", "0.1", "0.01");
    assertThat(path.stream().flatMap(row -> Stream.of(row[4], row[5], row[6]))).containsOnly("");
    List<String> coefficients = Files.readAllLines(out.resolve("coefficients.csv"));
    assertThat(coefficients.getFirst()).startsWith("lambda,class,intercept,alcohol,");
    assertThat(coefficients.stream().skip(1).map(line -> line.substring(0, line.indexOf(',', 5))))
        .containsExactly(
            "0.3,0", "0.3,1", "0.3,2", "0.1,0", "0.1,1", "0.1,2", "0.01,0", "0.01,1", "0.01,2");
  }

  @Test
  void networksGiveTheSameFilesWithAnyNumberOfThreads() throws IOException {
    String[] options = {"--hidden", "6", "--lambdas", "5", "--folds", "2", "--epochs", "8"};
    Path one =
        path(
            "wine.csv",
            "class",
            "one",
            Stream.concat(Stream.of(options), Stream.of("--threads", "1", "--rule", "min"))
                .toArray(String[]::new));
    Path two =
        path(
            "wine.csv",
            "class",
            "two",
            Stream.concat(Stream.of(options), Stream.of("--threads", "2", "--rule", "min"))
                .toArray(String[]::new));

    assertThat(Program.names(one))
        .containsExactly("model.safetensors", "path.csv", "report.html", "summary.json");
    assertThat(rows(one.resolve("path.csv"))).hasSize(5);
    assertThat(rows(one.resolve("path.csv")).getFirst()[2]).isEqualTo("0");
    assertThat(two.resolve("path.csv")).hasSameTextualContentAs(one.resolve("path.csv"));
    assertThat(two.resolve("model.safetensors"))
        .hasSameBinaryContentAs(one.resolve("model.safetensors"));
    assertThat(Model.load(one).notes()).containsEntry("rule", "min");
  }

  private static long parts(Path partial) throws IOException {
    if (!Files.isDirectory(partial)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(partial)) {
      return files.filter(f -> f.toString().endsWith(".part")).count();
    }
  }

  private Process startUntil(long parts, List<String> args)
      throws IOException, InterruptedException {
    ProcessBuilder program = Program.builder(folder, args.toArray(String[]::new));
    program.command().addAll(0, List.of("env", "--default-signal=INT"));
    program.redirectOutput(folder.resolve("log.txt").toFile());
    Process process = program.start();
    while (process.isAlive() && parts(folder.resolve("cut.partial")) < parts) {
      Thread.sleep(2);
    }
    return process;
  }

  /** Killed, resumed and stopped, resumed: the files are those of a run that was let alone. */
  @Test
  void aKilledRunGoesOnToTheSameFiles() throws IOException, InterruptedException {
    List<String> args =
        new ArrayList<>(List.of("path", Program.DATA.resolve("breast_cancer.csv").toString()));
    args.addAll(List.of("--target", "benign", "--hidden", "64", "--lambdas", "15"));
    args.addAll(List.of("--folds", "2", "--threads", "2", "--out", "cut"));
    Process killed = startUntil(3, args);
    killed.destroyForcibly().waitFor();
    long kept = parts(folder.resolve("cut.partial"));
    assertThat(kept).isBetween(3L, 44L);
    assertThat(folder.resolve("cut")).doesNotExist();
    Program.Outcome refused = Program.real(folder, args.toArray(String[]::new));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("cut.partial", "--resume", "--force");

    args.add("--resume");
    Process stopped = startUntil(kept + 3, args);
    new ProcessBuilder("kill", "-INT", String.valueOf(stopped.pid())).start().waitFor();
    stopped.waitFor();
    assertThat(stopped.exitValue()).isEqualTo(130);
    assertThat(stopped.errorReader().lines().toList())
        .anyMatch(line -> line.contains("cut.partial has the finished parts"));
    assertThat(parts(folder.resolve("cut.partial"))).isGreaterThan(kept);

    List<String> other = new ArrayList<>(args);
    other.set(other.indexOf("15"), "16");
    Program.Outcome mismatch = Program.real(folder, other.toArray(String[]::new));
    assertThat(mismatch.code()).isEqualTo(2);
    assertThat(mismatch.errLines()).hasSize(1);
    assertThat(mismatch.err()).contains("lambdas: 15 where this one has 16");

    Program.Outcome resumed = Program.real(folder, args.toArray(String[]::new));
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(folder.resolve("cut.partial")).doesNotExist();
    args.remove("--resume");
    args.set(args.indexOf("cut"), "whole");
    assertThat(Program.real(folder, args.toArray(String[]::new)).code()).isZero();
    for (String file : List.of("path.csv", "model.safetensors", "report.html")) {
      assertThat(folder.resolve("cut").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
  }

  /** A dead column, two equal ones, names that want quotes: all as they are in the file. */
  @Test
  void namesAndDegenerateColumns() throws IOException {
    StringBuilder csv = new StringBuilder("\"a,\"\"b\"\"\",<i>twin</i>,constant,y\n");
    for (int i = 0; i < 40; i++) {
      csv.append(i % 7)
          .append(',')
          .append(i % 7)
          .append(",4,")
          .append(i % 7 * 2.5 + i % 3)
          .append('\n');
    }
    Path data = Files.writeString(folder.resolve("odd.csv"), csv);
    Path out = path(data, "y", "odd", "--hidden", "none", "--lambdas", "0.5", "--threads", "1");

    List<String> lines = Files.readAllLines(out.resolve("coefficients.csv"));
    assertThat(lines.getFirst()).isEqualTo("lambda,intercept,\"a,\"\"b\"\"\",<i>twin</i>,constant");
    assertThat(lines.get(1)).endsWith(",0.0");
    Path again = path(data, "y", "again", "--hidden", "none", "--lambdas", "0.5", "--threads", "3");
    assertThat(again.resolve("path.csv")).hasSameTextualContentAs(out.resolve("path.csv"));
    assertThat(again.resolve("model.safetensors"))
        .hasSameBinaryContentAs(out.resolve("model.safetensors"));
  }
}
