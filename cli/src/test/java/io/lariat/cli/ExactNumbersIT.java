package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Columns whose offset is large beside their spread, through the real program: what a command says
 * of its model is what the model's file does.
 */
final class ExactNumbersIT {
  private static final String QUICK = "-XX:TieredStopAtLevel=1";
  private static final int ROWS = 60;

  @TempDir private Path folder;

  private static Arguments column(String name, String format, DoubleUnaryOperator value) {
    return Arguments.of(name, format, value);
  }

  /** A name, how it is written, and the value at a share of the column's range. */
  private static Stream<Arguments> columns() {
    return Stream.of(
        column("epoch seconds", "%.0f", u -> 1_700_000_000 + Math.rint(60 * u)),
        column("epoch milliseconds", "%.0f", u -> 1_700_000_000_000.0 + Math.rint(500 * u)),
        column("longitude", "%.8f", u -> 11.57549273 + 2e-6 * u),
        column("Julian dates", "%.5f", u -> 2_460_310.5 + 0.01 * u),
        column("UTM metres", "%.3f", u -> 5_334_567.123 + 0.4 * u),
        column("Excel serials", "%.8f", u -> 45_292.25 + 0.004 * u),
        column("ids", "%.0f", u -> 9_007_199_254_000_000.0 + Math.rint(80 * u)),
        column("1e11 plus minus 1", "%.3f", u -> 1e11 - 1 + 2 * u));
  }

  private double[] write(String format, DoubleUnaryOperator value, String target, double scale)
      throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder text = new StringBuilder("t,y\n");
    double[] y = new double[ROWS];
    double low = value.applyAsDouble(0);
    double range = value.applyAsDouble(1) - low;
    for (int i = 0; i < ROWS; i++) {
      String cell = String.format(Locale.ROOT, format, value.applyAsDouble(random.nextDouble()));
      double share = (Double.parseDouble(cell) - low) / range;
      String told = String.format(Locale.ROOT, target, scale * share);
      y[i] = Double.parseDouble(told);
      text.append(cell).append(',').append(told).append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), text);
    return y;
  }

  private Program.Outcome run(String line) {
    Program.Outcome outcome = Program.realWith(folder, QUICK, line.split(" ", -1));
    assertThat(outcome.code()).as(line + ": " + outcome.err()).isZero();
    return outcome;
  }

  private double[] predictions(String out) {
    List<String> lines = run("predict " + out + " t.csv").outLines();
    return lines.stream().skip(1).mapToDouble(Double::parseDouble).toArray();
  }

  private static double meanAbsoluteError(double[] predictions, double[] y) {
    assertThat(predictions).hasSameSizeAs(y);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += Math.abs(predictions[i] - y[i]);
    }
    return sum / y.length;
  }

  private JsonObject summary(String out) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve(out).resolve("summary.json")))
        .getAsJsonObject();
  }

  @Tag("F1")
  @Tag("D3")
  @Tag("F10")
  @ParameterizedTest(name = "{0}")
  @MethodSource("columns")
  void modelsPredictWhatTheirCommandsSay(String name, String format, DoubleUnaryOperator value)
      throws IOException {
    double[] y = write(format, value, "%.6f", 10);

    run("path t.csv --target y --task regression --hidden none --lambdas 1e-6 --folds 0 --out p");
    assertThat(meanAbsoluteError(predictions("p"), y)).as("path").isLessThan(1e-4);
    assertThat(run("certify p t.csv").out()).contains("certificate true");

    run("train t.csv --target y --task regression --hidden none --l1 1e-6 --no-compare --out l");
    double told =
        summary("l")
            .getAsJsonObject("metrics")
            .getAsJsonObject("training")
            .get("mae")
            .getAsDouble();
    int training = summary("l").getAsJsonObject("data").get("training_rows").getAsInt();
    double[] predicted = predictions("l");
    double found =
        meanAbsoluteError(Arrays.copyOf(predicted, training), Arrays.copyOf(y, training));
    assertThat(found).as("train").isLessThan(1e-3).isCloseTo(told, within(1e-5));

    run("select t.csv --target y --task regression --hidden none --subsamples 0 --out s");
    double selected = summary("s").getAsJsonObject("training_metrics").get("mae").getAsDouble();
    assertThat(meanAbsoluteError(predictions("s"), y))
        .as("select")
        .isCloseTo(selected, within(1e-5));
  }

  /** The output is inverted in double and printed with the digits that are known of it. */
  @Test
  @Tag("F1")
  void targetsFarFromZeroKeepTheirDigits() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(i).append(",100000.0").append(370 + i).append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), text);
    run("path t.csv --target y --task regression --hidden none --lambdas 1e-6 --folds 0 --out p");
    double[] predicted = predictions("p");
    for (int i = 0; i < ROWS; i++) {
      assertThat(predicted[i]).isCloseTo(100_000.037 + i * 1e-4, within(1e-6));
    }
  }

  /** 40 numbers that are few floats, or one, are 40 numbers. */
  @ParameterizedTest
  @Tag("F3")
  @CsvSource({"100000001.1", "1700000000.25", "99999999.05"})
  void fractionsAreNoClassesHoweverLarge(String first) throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 40; i++) {
      BigDecimal y = new BigDecimal(first).add(new BigDecimal(i % 10).movePointLeft(1));
      text.append(i).append(',').append(y.toPlainString()).append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), text);
    assertThat(run("train t.csv --target y --epochs 1 --no-compare --out m").out())
        .contains("regression target 'y'");
    run("path t.csv --target y --task regression --hidden none --lambdas 0.1 --folds 0 --out p");
  }

  @Test
  @Tag("F12")
  void tinyAndHugeNumbersAreNumbers() throws IOException {
    for (String power : List.of("e-50", "e60", "e-290", "e290")) {
      StringBuilder text = new StringBuilder("t,y\n");
      double[] y = new double[ROWS];
      for (int i = 0; i < ROWS; i++) {
        y[i] = i * 37 % 60 / 10.0;
        text.append(1 + i * 37 % 60).append(power).append(',').append(y[i]).append('\n');
      }
      Files.writeString(folder.resolve("t.csv"), text);
      run(
          "path t.csv --target y --task regression --hidden none --lambdas 1e-6 --folds 0 --force"
              + " --out p");
      assertThat(meanAbsoluteError(predictions("p"), y)).as(power).isLessThan(1e-4);
    }
  }

  @ParameterizedTest
  @Tag("F12")
  @CsvSource({"1e400,too large", "-1e-400,too small"})
  void whatNoDoubleHoldsIsRefused(String cell, String reason) throws IOException {
    Files.writeString(folder.resolve("t.csv"), "x,y\n1,0\n2,1\n" + cell + ",1\n4,0\n");
    Program.Outcome outcome = Program.realWith(folder, QUICK, "train", "t.csv", "--target", "y");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("line 4, column 'x'", cell, reason);
  }

  /** Without standardisation, numbers beyond floats are refused for what they are. */
  @ParameterizedTest
  @Tag("F12")
  @CsvSource({
    "train t.csv --target y --no-standardize,x=1e60,of feature x",
    "train t.csv --target y --task regression --no-standardize,y=1e60,of target 'y'",
    "path t.csv --target y --task regression --hidden none --no-standardize,y=1e60,has a weight",
    "train t.libsvm,f=1e60,of feature f1",
    "train t.csv --target y --hidden 3,x=1e308,column 'x': goes from",
  })
  void whatNoFloatHoldsIsRefused(String command, String what, String reason) throws IOException {
    StringBuilder csv = new StringBuilder("x,y\n");
    StringBuilder libsvm = new StringBuilder();
    String power = what.substring(2).replace("1e", "e");
    for (int i = 0; i < ROWS; i++) {
      int x = i % 3 - 1;
      csv.append(x).append(what.startsWith("x") ? power : "").append(',');
      csv.append(i % 7).append(what.startsWith("y") ? power : "").append('\n');
      libsvm.append(i % 2).append(" 1:").append(x).append(power).append(" 2:1\n");
    }
    Files.writeString(folder.resolve("t.csv"), csv);
    Files.writeString(folder.resolve("t.libsvm"), libsvm);
    Program.Outcome outcome = Program.realWith(folder, QUICK, command.split(" ", -1));
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.err()).contains(reason, "rescale").doesNotContain("internal");
  }

  /** Numbers that even doubles cannot tell apart are named. */
  @Test
  @Tag("F10")
  @Tag("F12")
  void numbersThatAreOneDoubleAreNamed() throws IOException {
    StringBuilder text = new StringBuilder("id,x,y\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(100_000_000_000_000_000L + i % 8).append(',').append(i % 7).append(',');
      text.append(i % 7 * 0.5 + 0.1).append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), text);
    String[] named = {"column 'id'", "100000000000000000", "same number in double precision"};
    Program.Outcome trained = run("train t.csv --target y --epochs 1 --no-compare --out m");
    assertThat(trained.err()).contains("note").contains(named);
    assertThat(trained.out()).contains("note").contains(named);
    run("path t.csv --target y --hidden none --lambdas 2 --folds 0 --out p");
    run("select t.csv --target y --hidden none --out s");
    for (String output : List.of("m", "p", "s")) {
      String json = Files.readString(folder.resolve(output + "/summary.json"));
      JsonObject summary = JsonParser.parseString(json).getAsJsonObject();
      assertThat(summary.getAsJsonArray("notes"))
          .as(output)
          .anySatisfy(note -> assertThat(note.getAsString()).contains(named));
    }
  }

  /** Training on floats without standardising says what these cannot tell apart. */
  @Test
  @Tag("F10")
  void unstandardisedTimesAreNamed() throws IOException {
    write("%.0f", u -> 1_700_000_000 + Math.rint(60 * u), "%.6f", 10);
    assertThat(
            run("train t.csv --target y --task regression --no-standardize --epochs 1 --hidden 2"
                    + " --l1 0 --no-compare --learning-rate 1e-12 --out m")
                .out())
        .contains("32-bit floats", "t (of ", "take a constant from the column");
  }

  /** Sparse rows are never standardised. */
  @Test
  @Tag("F10")
  void sparseTimesAreNamed() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      text.append(i % 7).append(".5 1:").append(1_700_000_000 + i).append(" 2:").append(i % 5 + 1);
      text.append('\n');
    }
    Files.writeString(folder.resolve("t.libsvm"), text);
    assertThat(
            run("train t.libsvm --task regression --hidden 2 --epochs 1 --l1 0 --no-compare"
                    + " --learning-rate 1e-12 --out m")
                .out())
        .contains("32-bit floats", "f1 (of 54 values 1 left)");
  }

  /** Beside zeros for missing values, times are one float even if they are standardised. */
  @Test
  @Tag("F10")
  void whatOutliersMakeOneIsNamed() throws IOException {
    StringBuilder text = new StringBuilder("t,y\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(i % 10 == 3 ? 0 : 1_700_000_000 + i).append(',').append(i % 7).append(".5\n");
    }
    Files.writeString(folder.resolve("t.csv"), text);
    assertThat(run("train t.csv --target y --hidden 2 --epochs 1 --no-compare --out m").out())
        .contains("32-bit floats", "t (of ", "take outliers");
  }

  /** More than 64 different numbers, of which reading keeps no texts. */
  @Test
  @Tag("F10")
  @Tag("F12")
  void manyNumbersThatDoublesCrowdAreNamed() throws IOException {
    StringBuilder text = new StringBuilder("id,y\n");
    for (int i = 0; i < 1000; i++) {
      text.append(100_000_000_000_000_000L + 17L * (i * 37 % 1000)).append(',');
      text.append(i % 7 + 0.5).append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), text);
    assertThat(run("train t.csv --target y --epochs 1 --no-compare --out m").err())
        .contains("note", "column 'id'", "doubles are 16 apart");
    assertThat(run("train t.csv --from m/model.safetensors --epochs 1 --no-compare --out n").err())
        .contains("note", "column 'id'", "doubles are 16 apart");
  }
}
