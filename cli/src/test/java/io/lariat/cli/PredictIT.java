package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lariat predict}, {@code inspect} and {@code backends} through the real program. */
final class PredictIT {
  private static final Path PENGUINS = Program.DATA.resolve("penguins.csv");

  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    train("penguins.csv", "species", "penguins");
    train("breast_cancer.csv", "benign", "cancer");
    train("diabetes.csv", "progression", "diabetes");
  }

  private static void train(String data, String target, String out) {
    Program.Outcome outcome =
        Program.here(
            "train",
            Program.DATA.resolve(data).toString(),
            "--target",
            target,
            "--out",
            shared.resolve(out).toString(),
            "--no-compare",
            "--quiet");
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  private Program.Outcome predict(String model, Path data, String... more) {
    List<String> args =
        new ArrayList<>(List.of("predict", shared.resolve(model).toString(), data.toString()));
    args.addAll(Arrays.asList(more));
    return Program.real(folder, args.toArray(String[]::new));
  }

  @Test
  void multiclass() {
    Program.Outcome outcome = predict("penguins", PENGUINS);

    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.outLines().getFirst())
        .isEqualTo("prediction,probability_Adelie,probability_Chinstrap,probability_Gentoo");
    assertThat(outcome.outLines()).hasSize(334);
    assertThat(outcome.outLines().get(1)).startsWith("Adelie,0.");
  }

  @Test
  void binaryToAFile() throws IOException {
    Path data = Program.DATA.resolve("breast_cancer.csv");
    Path model = Path.of("cancer/model.safetensors");

    Program.Outcome outcome = predict(model.toString(), data, "--out", "predictions.csv");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out() + outcome.err()).isEmpty();
    List<String> lines = Files.readAllLines(folder.resolve("predictions.csv"));
    assertThat(lines.getFirst()).isEqualTo("prediction,probability");
    assertThat(lines).hasSize(570);
    assertThat(Program.names(folder)).containsExactly("predictions.csv");
  }

  @Test
  void regression() {
    Program.Outcome outcome = predict("diabetes", Program.DATA.resolve("diabetes.csv"));

    assertThat(outcome.outLines().getFirst()).isEqualTo("prediction");
    assertThat(Double.parseDouble(outcome.outLines().get(1))).isBetween(0.0, 500.0);
  }

  @Test
  void columnsAreFoundByName() throws IOException {
    List<List<String>> rows =
        Files.readAllLines(PENGUINS).stream()
            .map(line -> (List<String>) new ArrayList<>(List.of(line.split(",", -1))))
            .toList();
    rows.forEach(Collections::reverse);
    Path reordered = write("reordered.csv", rows);
    rows.forEach(row -> row.add(row.equals(rows.getFirst()) ? "surplus" : "anything, \"at\" all"));
    Path extra = write("extra.csv", rows);

    Program.Outcome plain = predict("penguins", PENGUINS);
    Program.Outcome other = predict("penguins", reordered);
    Program.Outcome more = predict("penguins", extra);

    assertThat(other.out()).isEqualTo(plain.out());
    assertThat(other.err()).isEmpty();
    assertThat(more.code()).isZero();
    assertThat(more.out()).isEqualTo(plain.out());
    assertThat(more.errLines())
        .singleElement()
        .asString()
        .contains("extra.csv", "surplus")
        .doesNotContain("species");
    assertThat(predict("penguins", extra, "--quiet").err()).isEmpty();
  }

  private Path write(String name, List<List<String>> rows) throws IOException {
    String text =
        rows.stream()
            .map(
                row ->
                    row.stream()
                        .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void categoriesThatTheModelDoesNotKnow() throws IOException {
    Path moon =
        Files.writeString(
            folder.resolve("moon.csv"), Files.readString(PENGUINS).replace("Dream", "Moon"));

    Program.Outcome outcome = predict("penguins", moon, "--out", "p.csv");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.errLines())
        .singleElement()
        .asString()
        .contains("moon.csv", "line 2", "'island'", "'Moon'", "Biscoe");
    assertThat(Program.names(folder)).containsExactly("moon.csv");
  }

  @Test
  void anInputIsNotOverwritten() throws IOException {
    Path data = Files.copy(PENGUINS, folder.resolve("data.csv"));

    Program.Outcome outcome = predict("penguins", data, "--out", "data.csv");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(data).hasSameTextualContentAs(PENGUINS);
  }

  @Test
  void inspect() {
    Program.Outcome outcome =
        Program.real(folder, "inspect", shared.resolve("penguins").toString());

    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("multiclass", "species", "Adelie, Chinstrap, Gentoo", "dense_0", "128", "relu")
        .contains("in use", "island=", "sum |w|", "standardised", "seed", "42");
  }

  @Test
  void backends() {
    Program.Outcome outcome = Program.real(folder, "backends");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .containsPattern("(?m)^cuda +(not )?usable +\\S.*$")
        .contains("reference  usable", "simd", "auto takes ");
    assertThat(outcome.err()).isEmpty();
  }
}
