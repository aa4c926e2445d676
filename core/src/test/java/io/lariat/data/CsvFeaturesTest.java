package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading rows to predict. */
class CsvFeaturesTest {
  private static final Path SHIPPED = Path.of(System.getProperty("lariat.data"));
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Column.numeric("age"),
              new Column("color", List.of("blue", "red")),
              new Column("one", List.of("1"))),
          new Target("y", Task.REGRESSION, List.of()));

  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), content);
  }

  @Test
  void findsColumnsByName() throws IOException {
    Features rows =
        Csv.readFeatures(file("one,note,color,y,age\n1,,red,?,5\n1,x,blue,,6.5\n"), SCHEMA);
    assertThat(rows.rows()).isEqualTo(2);
    assertThat(rows.values()).containsExactly(5, 0, 1, 1, 6.5, 1, 0, 1);
    assertThat(rows.ignored()).containsExactly("note", "y");
  }

  @Test
  void readsWhatTrainingRead() {
    for (String name : List.of("penguins.csv", "breast_cancer.csv", "digits.csv")) {
      Path path = SHIPPED.resolve(name);
      String target =
          switch (name) {
            case "penguins.csv" -> "species";
            case "digits.csv" -> "digit";
            default -> "benign";
          };
      Dataset data = Csv.read(path, target);
      Features rows = Csv.readFeatures(path, data.schema());
      double[] expected = new double[data.rows() * data.features()];
      data.copyFeatures(0, data.rows(), expected);
      assertThat(rows.values()).isEqualTo(expected);
      assertThat(rows.ignored()).containsExactly(target);
    }
  }

  private static Stream<Arguments> files() {
    return Stream.of(
        arguments(
            "one,color\n1,red\n", "FILE: lacks 1 of the model's 3 input columns: 'age'; add it"),
        arguments(
            "a,b\n1,2\n",
            "FILE: lacks all of the model's 3 input columns: 'age', 'color', 'one'; add them"),
        arguments(
            "one,color,age\n1,green,2\n",
            "FILE line 2, column 'color': 'green' is a category that the model does not know; it"
                + " knows 'blue', 'red'"),
        arguments(
            "one,color,age\n1,red,2\n1,red,x\n",
            "FILE line 3, column 'age': 'x' is not a number; correct it or remove the row"),
        arguments(
            "one,color,age\n1,red,NaN\n",
            "FILE line 2, column 'age': 'NaN' is not finite; fill in a number or remove the row"),
        arguments(
            "one,color,age\n1,red,1e999\n",
            "FILE line 2, column 'age': '1e999' is too large for a 64-bit double; rescale"
                + " the column"),
        arguments(
            "one,color,age\n1,,2\n",
            "FILE line 2, column 'color': the cell is empty; fill it in or remove the row"),
        arguments(
            "one,color,age\n1,red\n",
            "FILE line 2: found 2 cells, expected 3 as in the header; look for a missing or an"
                + " unquoted comma"),
        arguments(
            "one,color,age,age\n1,red,2,2\n",
            "FILE line 1: columns 3 and 4 are both called 'age'; rename one of them"),
        arguments("one,color,age\n", "FILE: has a header but no rows; add rows"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void saysWhatIsWrong(String content, String message) throws IOException {
    Path file = file(content);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Csv.readFeatures(file, SCHEMA))
        .withMessage(message.replace("FILE", file.toString()));
  }

  @Test
  void namesTheFirstOfManyMissingColumns() {
    Schema wine = Csv.read(SHIPPED.resolve("breast_cancer.csv"), "benign").schema();
    Path file = SHIPPED.resolve("wine.csv");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Csv.readFeatures(file, wine))
        .withMessage(
            file
                + ": lacks all of the model's 30 input columns: 'mean_radius', 'mean_texture',"
                + " 'mean_perimeter', 'mean_area', 'mean_smoothness' and 25 more; add them");
  }
}
