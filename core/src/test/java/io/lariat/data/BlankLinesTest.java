package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blank lines count for nothing but the numbers of the lines behind them, wherever they are. */
@Tag("F2")
@Tag("D1")
final class BlankLinesTest {
  private static final int ROWS = 40;

  @TempDir private Path folder;

  /** A table of a header and rows, its lines in turn with {@code blank} before some of them. */
  private static String table(String header, String row, String end, String blank) {
    StringBuilder text = new StringBuilder(blank).append(header).append(end).append(blank);
    for (int i = 0; i < ROWS; i++) {
      text.append(String.format(Locale.ROOT, row, i, i % 3, 2 * i)).append(end);
      text.append(i % 7 == 0 ? blank : "");
    }
    return text.append(blank).append(blank).toString();
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out =
        name.endsWith(".gz")
            ? new GZIPOutputStream(Files.newOutputStream(file))
            : Files.newOutputStream(file)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static List<double[]> numbers(Dataset data) {
    double[] x = new double[data.rows() * data.features()];
    double[] y = new double[data.rows()];
    data.copyFeatures(0, data.rows(), x);
    data.copyTargets(0, data.rows(), y);
    return List.of(x, y);
  }

  @ParameterizedTest
  @CsvSource({
    "'x,k,y', '%1$d,c%2$d,%3$d.5'", // a number first
    "'y,x,k', '%3$d.5,%1$d,c%2$d'", // the target first
    "'k,x,y', 'c%2$d,%1$d,%3$d.5'", // a text first
    "'k,x,y', '\"c%2$d\",%1$d,%3$d.5'", // quoted
    "'x,y', '%1$d.25,%3$d.5'",
  })
  void areSkipped(String header, String row) throws IOException {
    for (String end : List.of("\n", "\r\n", "\r")) {
      Path plain = file("plain.csv", table(header, row, end, ""));
      Dataset expected = Csv.read(plain, "y");
      for (String blank : List.of("", "   ", "\t", " \t \u00a0")) {
        for (String name : List.of("t.csv", "t.csv.gz")) {
          Path file = file(name, table(header, row, end, blank + end));
          Dataset found = Csv.read(file, "y");
          Dataset again = Csv.read(file, expected.schema(), ReadProgress.NONE);

          assertThat(found.schema()).isEqualTo(expected.schema());
          assertThat(numbers(found)).usingRecursiveComparison().isEqualTo(numbers(expected));
          assertThat(numbers(again)).usingRecursiveComparison().isEqualTo(numbers(expected));
          assertThat(Csv.readFeatures(file, expected.schema()).values())
              .isEqualTo(Csv.readFeatures(plain, expected.schema()).values());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "  \n", "\t\r\n"})
  void countForTheNumbersOfLines(String blank) throws IOException {
    Path file = file("t.csv", "x,y\n1,2\n" + blank.repeat(5) + "tall,3\n" + "2,1\n".repeat(4));

    assertThatThrownBy(() -> Csv.read(file, "y"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("t.csv line 8, column 'x': 'tall'");
  }

  @Test
  void areNotRowsOfEmptyCells() throws IOException {
    for (String row : List.of(",\n", " ,\n", ", \n", "\"\"\n", "\"\",\n")) {
      Path file = file("t.csv", "x,y\n" + row + "1,2\n2,3\n3,5\n");
      assertThatThrownBy(() -> Csv.read(file, "y"))
          .as(row)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("line 2");
    }
  }

  @Test
  @Tag("D10")
  void moreOfThemThanFitIntoAnyBuffer() throws IOException {
    StringBuilder lines = new StringBuilder("x,y\n");
    List<Double> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      lines.append("\n".repeat(1 << 18)).append(" \r\n".repeat(1 << 16));
      lines.append(i).append(".5,").append(2 * i).append(".25\n");
      expected.add(2 * i + 0.25);
    }
    Dataset data = Csv.read(file("t.csv", lines.toString()), "y");

    assertThat(IntStream.range(0, data.rows()).mapToDouble(data::target))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void controlCharactersAreNotBlank() throws IOException {
    for (char c : "\u0000\u0001\u001a\u001b\u007f".toCharArray()) {
      Path file = file("t.csv", "x,y\n1,2\n" + c + "\n2,3\n");
      assertThatThrownBy(() -> Csv.read(file, "y"))
          .as(Arrays.toString(new char[] {c}))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("line 3");
    }
  }
}
