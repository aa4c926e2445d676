package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lariat train --from}, and what is said of {@code --init}. */
@Tag("B2")
final class ContinueIT {
  @TempDir private Path folder;

  /** Rows whose class is whether {@code a > 0}, all numbers {@code mean + deviation * normal}. */
  private Path day(String name, double mean, double deviation) throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    List<String> lines = new ArrayList<>(List.of("a,b,kind"));
    for (int i = 0; i < 400; i++) {
      double a = mean + deviation * random.nextGaussian();
      double b = mean + deviation * random.nextGaussian();
      lines.add(String.format(Locale.ROOT, "%.4f,%.4f,%s", a, b, a > 0 ? "up" : "down"));
    }
    return Files.write(folder.resolve(name), lines);
  }

  private Program.Outcome train(Path data, String out, String... more) {
    List<String> args = new ArrayList<>(List.of("train", data.toString(), "--no-compare"));
    args.addAll(List.of("--out", folder.resolve(out).toString()));
    args.addAll(List.of(more));
    return Program.here(args.toArray(String[]::new));
  }

  private Model first(String hidden) throws IOException {
    Program.Outcome outcome =
        train(
            day("d1.csv", 0, 1),
            "m1",
            "--target",
            "kind",
            "--hidden",
            hidden,
            "--learning-rate",
            "0.01");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return Model.load(folder.resolve("m1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "16"})
  void keepsSchemaClassesStandardisationAndWeights(String hidden) throws IOException {
    Model old = first(hidden);
    Path next = day("d2.csv", 10, 5);
    Program.Outcome outcome =
        train(
            next,
            "m2",
            "--from",
            folder.resolve("m1").toString(),
            "--epochs",
            "1",
            "--optimizer",
            "sgd",
            "--learning-rate",
            "1e-9");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Model updated = Model.load(folder.resolve("m2"));
    assertThat(updated.standardization()).isEqualTo(old.standardization());
    assertThat(updated.schema()).isEqualTo(old.schema());
    assertThat(updated.network()).isEqualTo(old.network());
    for (float[] row : new float[][] {{2, 0}, {-2, 5}, {10, 10}}) {
      assertThat(updated.predictClass(row)).isEqualTo(old.predictClass(row));
    }
    assertThat(Program.text(folder.resolve("m2/summary.json"))).contains("\"continued\"");
  }

  @Test
  void readsColumnsByNameAndRowsOfOneClass() throws IOException {
    Model old = first("8");
    Path next =
        Files.writeString(
            folder.resolve("d3.csv"),
            "kind,other,b,a\n" + "up,1,0.5,2\n".repeat(30) + "up,2,0.1,1\n".repeat(30));
    Program.Outcome outcome = train(next, "m3", "--from", folder.resolve("m1").toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Model updated = Model.load(folder.resolve("m3"));
    assertThat(updated.schema().target().classes()).containsExactly("down", "up");
    assertThat(updated.schema().columns()).isEqualTo(old.schema().columns());
    Path odd = Files.writeString(folder.resolve("d4.csv"), "a,b,kind\n1,2,up\n2,1,sideways\n");
    outcome = train(odd, "m4", "--from", folder.resolve("m1").toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("'sideways' is a class that the model does not know");
  }

  @Test
  void refusesWhatTheModelSaysAlready() throws IOException {
    first("8");
    Path next = day("d2.csv", 10, 5);
    String from = folder.resolve("m1").toString();
    for (String[] more :
        new String[][] {
          {"--hidden", "4"},
          {"--l1", "0.1"},
          {"--no-standardize"},
          {"--init", from},
          {"--target", "a"},
          {"--task", "regression"}
        }) {
      List<String> args = new ArrayList<>(List.of("--from", from));
      args.addAll(List.of(more));
      Program.Outcome outcome = train(next, "m5", args.toArray(String[]::new));
      assertThat(outcome.code()).as(more[0]).isEqualTo(2);
      assertThat(outcome.err()).contains("--from");
    }
  }

  @Test
  void bareWeightsSayWhichScaleTheyAreTakenFor() throws IOException {
    first("8");
    Program.Outcome outcome =
        train(
            day("d2.csv", 10, 5),
            "m6",
            "--target",
            "kind",
            "--hidden",
            "8",
            "--init",
            folder.resolve("m1/model.safetensors").toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("train it on with --from");
  }

  @Test
  @Tag("F5")
  void aConstantColumnIsNamedAndMovesNoPrediction() throws IOException {
    StringBuilder rows = new StringBuilder("a,c,y\n");
    for (int i = 1; i <= 300; i++) {
      rows.append(i % 17).append(",14.62,").append(i % 17 * 2).append('.').append(i % 3);
      rows.append('\n');
    }
    Path data = Files.writeString(folder.resolve("k.csv"), rows);
    Program.Outcome outcome = train(data, "k", "--target", "y");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("the same in all training rows: c");
    Model model = Model.load(folder.resolve("k"));
    assertThat(model.predict(new float[] {5, 14.62f}))
        .containsExactly(model.predict(new float[] {5, 1000}));
  }

  @Test
  @Tag("D17")
  @Tag("H3")
  void tooManyParametersAreAMistakeInTheOptions() throws IOException {
    String data = day("d1.csv", 0, 1).toString();
    for (String command : List.of("path", "compare", "train")) {
      for (String hidden : List.of("2147483647", "46341,46341")) {
        Program.Outcome outcome =
            Program.here(
                command,
                data,
                "--target",
                "kind",
                "--hidden",
                hidden,
                "--out",
                folder.resolve("o").toString());
        assertThat(outcome.code()).as(command + " " + outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).contains("--hidden " + hidden + " with 2 features: ");
      }
    }
  }
}
