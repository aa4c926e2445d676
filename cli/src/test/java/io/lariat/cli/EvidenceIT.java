package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a selection is worth, through the real program: stand-ins, the bound, weak effects. */
final class EvidenceIT {
  @TempDir private Path folder;

  /** A table of rows that {@code row} makes from random numbers, cells in the header's order. */
  private Path table(String header, int rows, Function<RandomGenerator, Object[]> row)
      throws IOException {
    RandomGenerator random = new SplittableRandom(9);
    List<String> lines = new ArrayList<>(List.of(header));
    for (int i = 0; i < rows; i++) {
      lines.add(String.join(",", Arrays.stream(row.apply(random)).map(String::valueOf).toList()));
    }
    return Files.write(folder.resolve("table.csv"), lines);
  }

  private Program.Outcome run(String command, Path data, String... more) {
    List<String> args =
        new ArrayList<>(List.of(command, data.toString(), "--target", "y", "--out", "out"));
    args.addAll(List.of(more));
    Program.Outcome outcome = Program.real(folder, args.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome;
  }

  private JsonObject summary() throws IOException {
    return JsonParser.parseString(Program.text(folder.resolve("out/summary.json")))
        .getAsJsonObject();
  }

  private Path copies() throws IOException {
    return table(
        "a,\"copy, of a\",fahrenheit,b,n1,n2,y",
        300,
        r -> {
          double a = r.nextGaussian();
          double b = r.nextGaussian();
          double y = 2 * a - b + r.nextGaussian();
          return new Object[] {a, a, 1.8 * a + 32, b, r.nextGaussian(), r.nextGaussian(), y};
        });
  }

  @Tag("E5")
  @Tag("F16")
  @ParameterizedTest
  @ValueSource(strings = {"none", "20"})
  void ofCopiesOneIsTakenAndTheNoteSaysForWhom(String hidden) throws IOException {
    Program.Outcome outcome = run("select", copies(), "--hidden", hidden, "--subsamples", "4");
    assertThat(outcome.out())
        .contains("selected  2 of 6 columns")
        .contains("stable    2 columns, stand-ins counted as one")
        .contains("no data tell which matters: a for copy, of a, fahrenheit");
    List<String> all = Files.readAllLines(folder.resolve("out/features.csv"));
    assertThat(all)
        .anyMatch(line -> line.matches("a,\\d,[0-9.E-]+,1.0,1.0,\"\"\"copy, of a\"\",fahrenheit\""))
        .anyMatch(line -> line.matches("\"copy, of a\",\\d,0.0,0.0,1.0,\"a,fahrenheit\""));
    JsonObject cluster = summary().getAsJsonArray("clusters").get(0).getAsJsonObject();
    assertThat(cluster.getAsJsonArray("columns")).hasSize(3);
    assertThat(cluster.getAsJsonArray("selected")).hasSize(1);
    assertThat(Program.text(folder.resolve("out/summary.json"))).contains("\"evidence\": \"copy\"");
  }

  @Test
  @Tag("E3")
  void readingsOfOneFactorAreStableTogether() throws IOException {
    Path data =
        table(
            "f1,f2,f3,f4,f5,n1,n2,n3,y",
            250,
            r -> {
              double factor = r.nextGaussian();
              Object[] row = new Object[9];
              Arrays.setAll(row, j -> r.nextGaussian());
              for (int j = 0; j < 5; j++) {
                row[j] = Math.sqrt(0.95) * factor + Math.sqrt(0.05) * (double) row[j];
              }
              row[8] = factor + r.nextGaussian();
              return row;
            });
    Program.Outcome outcome = run("select", data, "--subsamples", "20");
    assertThat(outcome.out())
        .contains("stable    1 column, stand-ins counted as one, on at least 75 % of 20 subsamples")
        .contains("expected by chance")
        .contains("chance has a part in which is selected", "one of them on 100 % of subsamples");
    JsonObject stability = summary().getAsJsonObject("stability");
    assertThat(stability.get("clusters").getAsInt()).isEqualTo(4);
    assertThat(stability.get("expected_false_says_something").getAsBoolean()).isTrue();
  }

  @Test
  @Tag("E4")
  void aBoundThatSaysNothingIsToldSo() throws IOException {
    Path data =
        table(
            "a,b,c,n,y",
            200,
            r -> {
              double[] x = r.doubles(4, -1, 1).toArray();
              double y = x[0] + x[1] + x[2] + 0.2 * r.nextGaussian();
              return new Object[] {x[0], x[1], x[2], x[3], y};
            });
    Program.Outcome outcome = run("select", data, "--hidden", "none", "--subsamples", "10");
    // q^2 / (p c) of 3 columns of 4 on each half: 9 / (4 * 0.6)
    assertThat(outcome.out())
        .contains("stable    3 columns on")
        .containsPattern("the bound, 3\\.[78], is no less");
    assertThat(Program.text(folder.resolve("out/report.html"))).contains("the bound says nothing");
  }

  @Test
  @Tag("E2")
  @Tag("E8")
  void whatTheRowsWouldHaveShownIsSaid() throws IOException {
    Path data =
        table(
            "a,b,n1,n2,y",
            300,
            r -> {
              double[] x = {r.nextGaussian(), r.nextGaussian(), r.nextGaussian(), r.nextGaussian()};
              return new Object[] {x[0], x[1], x[2], x[3], x[0] * x[1] + 0.3 * r.nextGaussian()};
            });
    Program.Outcome linear = run("select", data, "--hidden", "none", "--subsamples", "0");
    assertThat(linear.out())
        .contains("none of 4 columns: at level 0.01 this model tells none from chance")
        .contains("not that none matters", "nine in ten would be told from 300 rows")
        .contains("--hidden 20 sees bends and products too");
    assertThat(summary().get("detectable_correlation").getAsDouble()).isBetween(0.15, 0.35);
    Program.Outcome network = run("select", data, "--subsamples", "0", "--force");
    assertThat(network.out())
        .contains("selected  2 of 4 columns")
        .contains("the ones it was fitted on, as importances are");
  }

  @Tag("E7")
  @ParameterizedTest
  @ValueSource(strings = {"select --subsamples 0", "path --hidden none --folds 3", "train"})
  void whatIsTooGoodToBeTrueIsSaid(String command) throws IOException {
    Path data =
        table(
            "balance_after,s1,s2,y",
            300,
            r -> {
              double s1 = r.nextGaussian();
              double s2 = r.nextGaussian();
              double y = s1 - s2 + r.nextGaussian();
              return new Object[] {y + 0.05 * r.nextGaussian(), s1, s2, y};
            });
    String[] words = command.split(" ");
    Program.Outcome outcome = run(words[0], data, Arrays.copyOfRange(words, 1, words.length));
    String said = "'balance_after' alone explains 99.9";
    assertThat(outcome.out()).contains(said, "of 'y', which is too good to be true");
    assertThat(summary().getAsJsonArray("notes").asList())
        .anyMatch(note -> note.getAsString().startsWith(said));
    assertThat(Program.text(folder.resolve("out/report.html"))).contains("alone explains 99.9");
  }

  @Tag("E7")
  @ParameterizedTest
  @ValueSource(strings = {"select --subsamples 0", "path --hidden none"})
  void rowsInOrderOfTimeAreSaid(String command) throws IOException {
    double[] walk = new double[7];
    Path data =
        table(
            "w1,w2,w3,w4,w5,w6,y",
            300,
            r -> {
              Arrays.setAll(walk, j -> walk[j] + r.nextGaussian());
              return Arrays.stream(walk).boxed().toArray();
            });
    String[] words = command.split(" ");
    Program.Outcome outcome = run(words[0], data, Arrays.copyOfRange(words, 1, words.length));
    assertThat(outcome.out()).contains("a row is like the next one in 'y'", "by drift alone");
  }

  @Test
  @Tag("E11")
  void howFarAChoiceRestsOnTheFoldsIsSaid() throws IOException {
    double[] effects = {1, 0.7, 0.5, 0.35, 0.25, 0.15};
    RandomGenerator random = new SplittableRandom(2);
    StringBuilder header = new StringBuilder();
    for (int j = 0; j < 40; j++) {
      header.append('x').append(j).append(',');
    }
    Path data =
        table(
            header + "y",
            150,
            r -> {
              double[] row = new double[41];
              Arrays.setAll(row, j -> random.nextGaussian());
              for (int j = 0; j < effects.length; j++) {
                row[40] += effects[j] * row[j];
              }
              return Arrays.stream(row).boxed().toArray();
            });
    Program.Outcome outcome = run("path", data, "--hidden", "none", "--rule", "min", "--seed", "1");
    assertThat(outcome.out()).contains("rests on one split into folds: with any one of the 5");
    JsonObject min = summary().getAsJsonObject("min");
    assertThat(min.get("least_features_without_a_fold").getAsInt())
        .isLessThanOrEqualTo(min.get("features").getAsInt())
        .isLessThan(min.get("most_features_without_a_fold").getAsInt());
  }
}
