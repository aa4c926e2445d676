package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A class is called what stood in the file, letter for letter, through the real program. */
@Tag("F4")
@Tag("D4")
final class ClassLabelsIT {
  private static final String QUICK = "-XX:TieredStopAtLevel=1";
  private static final String OPTIONS =
      "--hidden none --l1 0 --learning-rate 0.1 --epochs 200 --no-compare --no-polish --out m";

  @TempDir private Path folder;

  private Program.Outcome run(String line) {
    Program.Outcome outcome = Program.realWith(folder, QUICK, line.split(" ", -1));
    assertThat(outcome.code()).as(line + ": " + outcome.err()).isZero();
    return outcome;
  }

  private void write(String name, String format, List<String> labels) throws IOException {
    StringBuilder text = new StringBuilder(name.endsWith(".csv") ? "x,code\n" : "");
    for (int i = 0; i < 60; i++) {
      int k = i % labels.size();
      text.append(format.formatted(labels.get(k), 10 * k + i % 3)).append('\n');
    }
    Files.writeString(folder.resolve(name), text);
  }

  private void assertComesBack(String data, List<String> labels) throws IOException {
    List<String> lines = run("predict m " + data).outLines();
    String header =
        labels.size() == 2
            ? "prediction,probability"
            : "prediction,probability_" + String.join(",probability_", labels);
    assertThat(lines.getFirst()).isEqualTo(header);
    for (int i = 0; i < 60; i++) {
      assertThat(lines.get(i + 1)).startsWith(labels.get(i % labels.size()) + ",");
    }
    assertThat(Files.readString(folder.resolve("m/summary.json")))
        .contains("\"" + labels.getFirst() + "\"");
  }

  /** Space that is in quotes is part of a text. */
  @Test
  void spacesInQuotesStay() throws IOException {
    String[] labels = {"\"  a\"", "\"a \"", "a", "\"a\u00a0\""};
    StringBuilder text = new StringBuilder("x,code\n");
    for (int i = 0; i < 80; i++) {
      text.append(10 * (i % 4) + i % 3).append(',').append(labels[i % 4]).append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), text);
    run("train t.csv --target code " + OPTIONS);
    List<String> lines = run("predict m t.csv").outLines();
    for (int i = 0; i < 80; i++) {
      assertThat(lines.get(i + 1)).startsWith(labels[i % 4] + ",");
    }
  }

  /** In ascending order, as numbers are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678 13456789",
        "20240101 20240102 20240103",
        "16777216 16777217",
        "123456789 123456790",
        "0000123 0000124 0000200",
        "007 008",
        "1.0 2.0 3.0",
        "1.00 +2",
        "1e1 2e1",
        "100000000000000001 100000000000000002 100000000000000003",
        "-1 +1"
      })
  void comesBackLetterForLetter(String all) throws IOException {
    List<String> labels = List.of(all.split(" "));
    write("t.csv", "%2$d,%1$s", labels);
    run("train t.csv --target code " + OPTIONS);
    assertComesBack("t.csv", labels);

    write("t.libsvm", "%1$s 1:%2$d 2:1", labels);
    run("train t.libsvm --force " + OPTIONS);
    assertComesBack("t.libsvm", labels);
  }

  @Test
  void oneNumberInTwoWritingsIsOneClass() throws IOException {
    write("t.csv", "%2$d,%1$s", List.of("1", "2", "1", "1.0"));
    Program.Outcome train = run("train t.csv --target code " + OPTIONS);
    assertThat(train.err()).contains("note", "class '1' is also written '1.0'");
    assertThat(train.out()).contains("binary target 'code'", "positive class 2");
  }

  /** 1.5 is no class. */
  @Test
  @Tag("F3")
  void aValueWithAFractionIsNoClass() throws IOException {
    write("t.csv", "%2$d,%1$s", List.of("1.5", "2.5", "3"));
    assertThat(run("train t.csv --target code --epochs 1 --no-compare --out m").out())
        .contains("regression target 'code'");
  }
}
