package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.model.Model;
import io.lariat.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lariat predict} where a prediction is not finite, through the real program. */
@Tag("F8")
@Tag("D5")
final class NotFiniteIT {
  private static final List<String> HIDDEN = List.of("none", "8");

  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    for (String task : List.of("binary", "multiclass", "regression")) {
      Files.writeString(
          shared.resolve(task + ".csv"),
          IntStream.range(0, 300)
              .mapToObj(
                  i -> "0." + (i * 7 % 90 + 10) + ",0." + (i * 11 % 80 + 10) + "," + y(task, i))
              .collect(Collectors.joining("\n", "b1,b2,y\n", "\n")));
      for (String hidden : HIDDEN) {
        Program.Outcome outcome =
            Program.here(
                "train",
                shared.resolve(task + ".csv").toString(),
                "--target",
                "y",
                "--hidden",
                hidden,
                "--epochs",
                "2",
                "--no-polish",
                "--no-compare",
                "--quiet",
                "--out",
                model(task, hidden));
        assertThat(outcome.code()).as(outcome.err()).isZero();
      }
    }
  }

  private static String y(String task, int i) {
    return switch (task) {
      case "binary" -> i * 7 % 90 > 45 ? "water" : "land";
      case "multiclass" -> List.of("land", "sand", "water").get(i * 7 % 90 / 30);
      default -> (i * 7 % 90 + i % 5) + ".5";
    };
  }

  private static String model(String task, String hidden) {
    return shared.resolve(task + "-" + hidden).toString();
  }

  private Program.Outcome predict(String model, String rows, String... more) throws IOException {
    Files.writeString(folder.resolve("rows.csv"), "b1,b2\n0.5,0.5\n" + rows);
    return Program.real(
        folder,
        Stream.concat(Stream.of("predict", model, "rows.csv"), Arrays.stream(more))
            .toArray(String[]::new));
  }

  /** Values that are finite, and whose sums are not. */
  @ParameterizedTest
  @CsvSource({
    "binary, '-3.4028235e+38,-3.4028235e+38', -3.4028235E38",
    "multiclass, '1e300,-1e300', 1.0E300",
    "regression, '1e300,-1e300', 1.0E300"
  })
  void rowAndInputAreNamed(String task, String row, String value) throws IOException {
    String model = model(task, "8");
    Program.Outcome outcome = predict(model, row, "--out", "p.csv");
    assertThat(outcome.code()).as(outcome.out()).isEqualTo(1);
    assertThat(outcome.errLines())
        .singleElement()
        .asString()
        .contains("rows.csv", "row 2", "input 'b", value, "deviations", "--on-error nan");
    assertThat(Program.names(folder)).containsExactly("rows.csv");

    Program.Outcome printed = predict(model, row);
    assertThat(printed.code()).isEqualTo(1);
    assertThat(printed.outLines()).hasSize(2); // the header, and the row before
  }

  @ParameterizedTest
  @CsvSource({"binary, ',NaN'", "multiclass, ',NaN,NaN,NaN'", "regression, NaN"})
  void orTheyAreWrittenAndCounted(String task, String line) throws IOException {
    String rows = "1e300,-1e300\n0.4,0.4\n1e300,-1e300\n";
    Program.Outcome nan = predict(model(task, "8"), rows, "--on-error", "nan", "--quiet");
    assertThat(nan.code()).as(nan.err()).isZero();
    assertThat(nan.outLines()).hasSize(5);
    assertThat(List.of(nan.outLines().get(2), nan.outLines().get(4))).containsOnly(line);
    assertThat(nan.outLines().get(1) + nan.outLines().get(3)).doesNotContain("NaN");
    assertThat(nan.errLines())
        .containsExactly("lariat: rows.csv: 2 of 4 predictions are written as NaN");
  }

  /** The no-data value of a raster that gives an ordinary answer all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"binary", "multiclass", "regression"})
  void valuesFarOutAreRemarkedOn(String task) throws IOException {
    Program.Outcome outcome = predict(model(task, "none"), "0.1,9.96921e36\n0.1,-9e20\n");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.errLines())
        .singleElement()
        .asString()
        .contains("rows.csv: 2 rows", "the first in row 2", "'b2' is 9.96921E36");
    assertThat(predict(model(task, "none"), "0.1,-0.1\n").err()).isEmpty();
  }

  /** Beyond what can be counted, in deviations, too. */
  @Test
  void numbersInWordsAreNumbers() throws IOException {
    String huge = "1.7976931348623157e308,1.7976931348623157e308\n";
    Program.Outcome predicted = predict(model("regression", "8"), huge);
    assertThat(predicted.code()).isEqualTo(1);
    assertThat(predicted.errLines())
        .singleElement()
        .asString()
        .contains("row 2", "is 1.7976931348623157E308, more deviations", "than a double can say")
        .doesNotContain("NaN is", "Infinity");

    Program.Outcome compacted =
        Program.real(folder, "compact", model("regression", "8"), "rows.csv", "--out", "small");
    assertThat(compacted.code()).isEqualTo(1);
    assertThat(compacted.errLines())
        .singleElement()
        .asString()
        .contains("rows.csv: the prediction of row 2 is not a finite number", "input 'b")
        .endsWith("; correct the row; nothing was written")
        .doesNotContain("NaN", "Infinity");
    assertThat(Program.names(folder)).containsExactly("rows.csv");
  }

  @Test
  void valuesFarOutAreRemarkedOnInSparseRowsToo() throws IOException {
    Files.writeString(folder.resolve("train.svm"), "1 1:1 3:1\n0 2:1\n".repeat(20));
    Program.Outcome train =
        Program.real(
            folder, "train", "train.svm", "--hidden", "none", "--no-compare", "--out", "m");
    assertThat(train.code()).as(train.err()).isZero();
    Files.writeString(folder.resolve("far.svm"), "1 2:1\n1 2:1 3:-9.96921e36\n0 1:1e31 2:1\n");
    Program.Outcome far = Program.real(folder, "predict", "m", "far.svm");
    assertThat(far.code()).as(far.err()).isZero();
    assertThat(far.errLines())
        .singleElement()
        .asString()
        .contains("far.svm: 2 rows", "the first in row 2", "'f3' is -9.96921E36");
    assertThat(Program.real(folder, "predict", "m", "train.svm").err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"multiclass", "regression"})
  void theWeightsMayBeToBlame(String task) throws IOException {
    Model trained = Model.load(Path.of(model(task, "none")));
    float[] huge = new float[trained.weights().layout().size()];
    Arrays.fill(huge, 3e38f);
    Path file = folder.resolve("huge.safetensors");
    new Model(
            trained.network(),
            Weights.copyOf(trained.weights().layout(), huge),
            trained.schema(),
            trained.standardization(),
            trained.targetStandardization(),
            Map.of())
        .save(file);
    Program.Outcome outcome = predict(file.toString(), "0.9,0.9\n");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.errLines())
        .singleElement()
        .asString()
        .contains("the model's weights, up to 3.00e+38, make its sums larger than a float holds");
  }
}
