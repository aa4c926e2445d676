package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blank lines through the real program, in every command that reads rows. */
@Tag("F2")
@Tag("D1")
final class BlankLinesIT {
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  @TempDir private Path folder;

  /** 60 rows, the first column a number or the target, blank lines of all kinds in between. */
  private void write(String header, boolean withBlanks) throws IOException {
    StringBuilder text = new StringBuilder(withBlanks ? "\n" : "").append(header).append('\n');
    List<String> blanks = List.of("\n", "   \n", "\r\n", "\t \r\n", "\n\n\n");
    for (int i = 0; i < 60; i++) {
      text.append(withBlanks && i % 3 == 0 ? blanks.get(i / 3 % 5) : "");
      text.append(i).append('.').append(i % 10).append(',').append(i * 37 % 11).append(",c");
      text.append(i % 2).append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), text.append(withBlanks ? "\n  \n" : ""));
  }

  private Program.Outcome run(String line) {
    return checked(line, Program.realWith(folder, QUICK, line.split(" ", -1)));
  }

  private Program.Outcome runHere(String line) {
    String inFolder = line.replace("{}", folder + "/");
    return checked(line, Program.here(inFolder.split(" ", -1)));
  }

  private static Program.Outcome checked(String line, Program.Outcome outcome) {
    assertThat(outcome.code()).as(line + ": " + outcome.err()).isZero();
    return outcome;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train {}rows.csv --target y --hidden none --epochs 3",
        "train {}rows.csv --target y --hidden 4 --epochs 3 --polish --activation tanh --penalize"
            + " all",
        "path {}rows.csv --target y --hidden none --lambdas 1,0.3,0.1",
        "path {}rows.csv --target y --hidden 3 --lambdas 0.1,0.01 --folds 2 --epochs 20",
        "select {}rows.csv --target y --hidden none --subsamples 0",
        "compare {}rows.csv --target y --hidden 3 --epochs 2 --folds 2 --seeds 1",
      })
  void changeNothing(String line) throws IOException {
    List<String> files = List.of("compare.csv", "path.csv", "features.csv", "history.csv");
    for (String header : List.of("y,x,k", "x,y,k")) {
      List<List<String>> results = new ArrayList<>();
      for (boolean withBlanks : new boolean[] {false, true}) {
        write(header, withBlanks);
        runHere(line + " --seed 3 --force --out {}out");
        List<String> result = new ArrayList<>();
        for (String file : files) {
          Path written = folder.resolve("out").resolve(file);
          if (Files.exists(written)) {
            result.add(withoutTimes(Program.text(written)));
          }
        }
        results.add(result);
      }
      assertThat(results.getFirst()).isNotEmpty();
      assertThat(results.getLast()).as(header).isEqualTo(results.getFirst());
    }
  }

  /** What takes time is measured anew in each run. */
  private static String withoutTimes(String csv) {
    List<String> names = List.of(csv.lines().findFirst().orElseThrow().split(",", -1));
    StringBuilder kept = new StringBuilder();
    for (String line : csv.lines().toList()) {
      String[] cells = line.split(",", -1);
      for (int i = 0; i < cells.length; i++) {
        kept.append(names.get(i).matches(".*seconds.*") ? "" : cells[i]).append(',');
      }
      kept.append('\n');
    }
    return kept.toString();
  }

  @Test
  void predictionsAndCertificatesAreThose() throws IOException {
    write("y,x,k", false);
    run("path rows.csv --target y --hidden none --lambdas 1,0.3 --out m");
    String expected = run("predict m rows.csv").out();

    write("y,x,k", true);

    assertThat(run("predict m rows.csv").out()).isEqualTo(expected);
    assertThat(run("certify m rows.csv").out()).contains("certificate true");
  }
}
