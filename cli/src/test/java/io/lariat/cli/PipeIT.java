package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows from a pipe, of which nothing can be read twice, through the real program: what comes of
 * them is what comes of a file. A second reading would wait for ever or find nothing.
 */
@Tag("F13")
@Tag("D21")
final class PipeIT {
  private static final String NAMED = "mkfifo f && { cat t.csv > f & } && \"$@\"";
  private static final String STANDARD_INPUT = "cat t.csv | \"$@\"";

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    StringBuilder csv = new StringBuilder("t,x,y\n");
    StringBuilder libsvm = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      int t = 1_700_000_000 + i * 37 % 60;
      double y = t % 100 / 10.0 - i % 7;
      csv.append(t).append(',').append(i % 7).append(',').append(y).append('\n');
      libsvm.append(y).append(" 1:").append(t).append(" 2:").append(i % 7).append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), csv);
    Files.writeString(folder.resolve("t.libsvm"), libsvm);
  }

  private Program.Outcome run(String script, String line) {
    Program.Outcome outcome = Program.inShell(folder, script, line.split(" ", -1));
    assertThat(outcome.code()).as(line + ": " + outcome.err()).isZero();
    return outcome;
  }

  private String predictions(String model) {
    return run("\"$@\"", "predict " + model + " t.csv").out();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path {} --target y --task regression --hidden none --lambdas 1,1e-3 --folds 3",
        "path {} --target y --task regression --hidden 2 --lambdas 0.1 --folds 2 --epochs 2",
        "select {} --target y --task regression --hidden none --subsamples 0",
        "train {} --target y --task regression --hidden none --epochs 3 --no-compare",
        "train {} --target y --task regression --hidden 2 --epochs 3 --polish --no-compare",
      })
  void areReadOnce(String line) {
    run("\"$@\"", line.replace("{}", "t.csv") + " --out file");
    run(NAMED, line.replace("{}", "f") + " --out named");
    run(STANDARD_INPUT, line.replace("{}", "/dev/stdin") + " --out standard");

    String expected = predictions("file");
    assertThat(expected.lines()).hasSize(61);
    assertThat(predictions("named")).isEqualTo(expected);
    assertThat(predictions("standard")).isEqualTo(expected);
  }

  @Test
  void ofLibsvmToo() {
    String line = "path {} --format libsvm --task regression --hidden none --lambdas 1e-3 --out ";
    run("\"$@\"", line.replace("{}", "t.libsvm") + "file");
    run(STANDARD_INPUT.replace("t.csv", "t.libsvm"), line.replace("{}", "/dev/stdin") + "standard");
    String predict = "\"$@\"";
    assertThat(run(predict, "predict standard t.libsvm").out())
        .isEqualTo(run(predict, "predict file t.libsvm").out());
  }

  @Test
  void areComparedCertifiedAndPredicted() {
    run("\"$@\"", "path t.csv --target y --task regression --hidden none --lambdas 1e-3 --out m");
    for (String script : List.of(NAMED, STANDARD_INPUT)) {
      String data = script.equals(NAMED) ? "f" : "/dev/stdin";
      String again = script.replace("mkfifo f", "rm -f f && mkfifo f");
      assertThat(run(again, "certify m " + data).out()).contains("certificate true");
      assertThat(run(again, "predict m " + data).out()).isEqualTo(predictions("m"));
      run(
          again,
          "compare "
              + data
              + " --target y --task regression --hidden 2 --epochs 1 --folds 2 --seeds 1 --force"
              + " --out c");
    }
  }
}
