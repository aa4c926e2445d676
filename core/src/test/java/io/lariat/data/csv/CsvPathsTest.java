package io.lariat.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.data.Column;
import io.lariat.data.Csv;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.ReadProgress;
import io.lariat.data.Schema;
import io.lariat.data.Table;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plain lines are read without the CSV parser; with it alone, everything must be the same, down to
 * the bits and the words, whatever the file holds and wherever its pieces end.
 */
class CsvPathsTest {
  private static final int DOCUMENTS = 250;
  private static final int ALL_LINES = 1 << 20;
  private static final int NO_LINES = -1;

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "7",
          "-3",
          "+5",
          "42",
          "1.5",
          "-0.0625",
          "1e3",
          "2.5E-7",
          "16777217",
          ".5",
          "5.",
          "007",
          "1e-46",
          "3.4028235e38",
          "0.1000000000000000055511151231257827",
          "8388608.5000000000000000001",
          "123456789012345678901234567890");

  private static final List<String> ODD =
      List.of(
          "",
          " ",
          " 2 ",
          "\t3",
          "nan",
          "inf",
          "NA",
          "?",
          "1e39",
          "0x10",
          "1_000",
          "2.5f",
          "12%",
          "-",
          "red",
          "blue",
          " green ",
          "K\u00f6ln",
          "\u00a05",
          "\uD83D\uDE42",
          "a b",
          "1-2",
          "x\u2028y");

  private static final List<String> QUOTED =
      List.of(
          "\"1\"",
          "\" 2.5 \"",
          "\"\"",
          "\"a,b\"",
          "\"say \"\"x\"\"\"",
          "\"two\nlines\"",
          "\"two\r\nlines\"",
          "\"lone\rreturn\"",
          "\",\"",
          "\"\"\"\"",
          " \"3\"",
          "4\"",
          "\"5\"6",
          "\"open");

  @TempDir Path folder;

  private static String cell(Random random, int oddness) {
    if (random.nextInt(100) < 100 - oddness) {
      return random.nextBoolean()
          ? NUMBERS.get(random.nextInt(NUMBERS.size()))
          : Float.toString((float) random.nextGaussian());
    }
    List<String> cells = random.nextInt(4) == 0 ? QUOTED : ODD;
    return cells.get(random.nextInt(cells.size()));
  }

  /** A table, from tidy to hopeless. */
  private static byte[] document(Random random) {
    int columns = 1 + random.nextInt(4);
    int rows = random.nextInt(random.nextInt(4) == 0 ? 200 : 12);
    int oddness = List.of(0, 0, 1, 5, 40).get(random.nextInt(5));
    int end = random.nextInt(10);
    StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? "\uFEFF" : "");
    for (int j = 0; j < columns; j++) {
      text.append(random.nextInt(6) == 0 ? "\"c" + j + "\"" : " c" + j).append(',');
    }
    text.append('y');
    String[] same = new String[columns];
    for (int j = 0; j < columns; j++) {
      same[j] = random.nextInt(3) == 0 ? cell(random, 20) : null;
    }
    for (int i = 0; i <= rows; i++) {
      text.append(
          end < 4 ? "\n" : end < 8 ? "\r\n" : end < 9 ? "\r" : random.nextBoolean() ? "\r" : "\n");
      if (i == rows) {
        break;
      }
      if (random.nextInt(30) == 0) {
        text.append(random.nextBoolean() ? "\n" : "  \r\n");
      }
      for (int j = 0; j < columns; j++) {
        text.append(same[j] != null ? same[j] : cell(random, oddness));
        text.append(random.nextInt(500) == 0 ? ",," : ",");
      }
      text.append(oddness == 0 || random.nextBoolean() ? i % 3 : cell(random, oddness));
    }
    if (random.nextInt(3) == 0) {
      text.setLength(text.length() - 1);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(10) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
  }

  /** All that can be told of reading a file: the data to the last bit, or the message. */
  static String outcome(Path file, int room, int longestLine) {
    Table table = Table.of(new CsvFile(file, room, longestLine));
    try {
      Dataset data = table.read("y", null, ReadProgress.NONE);
      StringBuilder all = new StringBuilder(data.schema().toString());
      for (int i = 0; i < data.rows(); i++) {
        for (int j = 0; j < data.features(); j++) {
          all.append(' ').append(Double.doubleToRawLongBits(data.feature(i, j)));
        }
        all.append(" -> ").append(data.target(i));
      }
      return all.toString();
    } catch (DataException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String features(Path file, Schema schema, int room, int longestLine) {
    StringBuilder rows = new StringBuilder();
    Table table = Table.of(new CsvFile(file, room, longestLine));
    try {
      List<String> ignored =
          table.features(
              schema,
              ReadProgress.NONE,
              block -> {
                for (double value : block.values()) {
                  rows.append(' ').append(Double.doubleToRawLongBits(value));
                }
              });
      return ignored.toString() + rows;
    } catch (DataException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void plainLinesAndTheParserAgree(long seed) throws IOException {
    Random random = new Random(seed);
    Path file = folder.resolve("t.csv");
    Schema schema =
        new Schema(
            List.of(Column.numeric("c0"), new Column("y", List.of("0", "1", "2", "red"))),
            new Target("none", Task.REGRESSION, List.of()));
    int read = 0;
    for (int n = 0; n < DOCUMENTS; n++) {
      byte[] content = document(random);
      Files.write(file, content);
      String what = "seed " + seed + ", document " + n + ": " + shown(content);
      String expected = outcome(file, 1 << 16, NO_LINES);
      String expectedFeatures = features(file, schema, 1 << 16, NO_LINES);
      for (int room : new int[] {4, 5 + random.nextInt(60), 1 << 16}) {
        for (int longest : new int[] {0, random.nextInt(40), ALL_LINES}) {
          assertThat(outcome(file, room, longest)).as(what).isEqualTo(expected);
          assertThat(features(file, schema, room, longest)).as(what).isEqualTo(expectedFeatures);
        }
      }
      read += expected.startsWith("Schema") ? 1 : 0;
    }
    assertThat(read).isBetween(DOCUMENTS / 5, DOCUMENTS - DOCUMENTS / 5);
  }

  private static String shown(byte[] content) {
    return new String(content, StandardCharsets.UTF_8).replace("\r", "<CR>").replace("\n", "<LF>");
  }

  @Test
  void aCellOfOneCommaIsNoEmptyCell() throws IOException {
    // Texts of one character are looked up by the character, which must not find the separator.
    Path file = folder.resolve("t.csv");
    Files.writeString(file, "a,b,y\n\",\",2,0\nc,2,1\n\",\",2,0\n,,1\n");
    assertThat(outcome(file, 1 << 16, ALL_LINES))
        .isEqualTo(file + " line 5, column 'a': the cell is empty; fill it in or remove the row");
  }

  /** Whatever the window holds, so one of them ends with the feed that stands for the cell. */
  @Test
  void anEmptyCellMayBeTheLastOfTheWindow() throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, "a,y\n1,0\n2,1\n1,\n");
    for (int room = 4; room < 32; room++) {
      assertThat(outcome(file, room, ALL_LINES))
          .as("room for %s", room)
          .isEqualTo(file + " line 4, column 'y': the cell is empty; fill it in or remove the row");
    }
  }

  @Test
  void aLineLongerThanAnyBufferIsRead() throws IOException {
    int columns = 150_000;
    Random random = new Random(5);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    float[][] expected = new float[3][columns];
    for (int i = -1; i < 3; i++) {
      for (int j = 0; j < columns; j++) {
        String cell = i < 0 ? "c" + j : Float.toString((float) random.nextGaussian());
        text.writeBytes((cell + ",").getBytes(StandardCharsets.UTF_8));
        if (i >= 0) {
          expected[i][j] = Float.parseFloat(cell);
        }
      }
      text.writeBytes((i < 0 ? "y\n" : i % 2 + "\n").getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(folder.resolve("wide.csv"), text.toByteArray());
    Dataset data = Csv.read(file, "y");
    float[] row = new float[columns];
    for (int i = 0; i < 3; i++) {
      data.copyFeatures(i, 1, row);
      assertThat(Arrays.equals(row, expected[i])).isTrue();
    }
  }
}
