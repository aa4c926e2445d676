package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of random size, names, texts and numbers, written in every legal way and read back. */
class CsvRoundTripTest {
  private static final String LETTERS = "abcXYZ01 _,\"'\n\t;äß日本🙂é.-";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void readsWhatWasWritten(long seed) throws IOException {
    Random random = new Random(seed);
    int columns = 1 + random.nextInt(6);
    int rows = 20 + random.nextInt(3000);
    List<String> names = List.copyOf(words(random, columns));
    List<Column> schema = new ArrayList<>();
    String[][] cells = new String[rows + 1][columns + 1];
    double[][] expected = new double[rows][];
    for (int c = 0; c < columns; c++) {
      cells[0][c] = names.get(c);
      List<String> categories =
          random.nextBoolean()
              ? words(random, 1 + random.nextInt(8)).stream().sorted().toList()
              : List.of();
      schema.add(new Column(names.get(c), categories));
    }
    cells[0][columns] = "the target";
    for (int i = 0; i < rows; i++) {
      List<Double> row = new ArrayList<>();
      for (int c = 0; c < columns; c++) {
        List<String> categories = schema.get(c).categories();
        if (categories.isEmpty()) {
          double value = number(random);
          cells[i + 1][c] = pad(random, Double.toString(value));
          row.add(value);
        } else {
          // The first rows show every category, so that all are known.
          int k = i < categories.size() ? i : random.nextInt(categories.size());
          cells[i + 1][c] = categories.get(k);
          for (int j = 0; j < categories.size(); j++) {
            row.add(j == k ? 1.0 : 0.0);
          }
        }
      }
      cells[i + 1][columns] = Double.toString(i + 0.5);
      expected[i] = doubles(row);
    }
    Path file = Files.writeString(folder.resolve("t.csv"), write(random, cells));

    Dataset data = Csv.read(file, "the target");

    assertThat(data.task()).isEqualTo(Task.REGRESSION);
    assertThat(data.schema().columns()).isEqualTo(schema);
    assertThat(data.rows()).isEqualTo(rows);
    double[] row = new double[data.features()];
    for (int i = 0; i < rows; i++) {
      data.copyFeatures(i, 1, row);
      assertThat(row).isEqualTo(expected[i]);
      assertThat(data.target(i)).isEqualTo(i + 0.5);
    }
    Features features = Csv.readFeatures(file, data.schema());
    double[] all = new double[rows * data.features()];
    data.copyFeatures(0, rows, all);
    assertThat(features.values()).isEqualTo(all);
  }

  private static double[] doubles(List<Double> values) {
    double[] out = new double[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values.get(i);
    }
    return out;
  }

  private static double number(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(5);
      case 1 -> random.nextInt();
      case 2 -> random.nextGaussian();
      default -> {
        double any = Double.longBitsToDouble(random.nextLong());
        yield Double.isFinite(any) ? any : 0;
      }
    };
  }

  private static String pad(Random random, String number) {
    return random.nextInt(5) == 0 ? "  " + number + " " : number;
  }

  /** Different words of at least one letter that are no numbers and have no blank at an end. */
  private static Set<String> words(Random random, int count) {
    int[] letters = LETTERS.codePoints().toArray();
    Set<String> words = new LinkedHashSet<>();
    while (words.size() < count) {
      StringBuilder word = new StringBuilder("w");
      for (int i = random.nextInt(8); i > 0; i--) {
        word.appendCodePoint(letters[random.nextInt(letters.length)]);
      }
      words.add(word.append(random.nextInt(100)).append('w').toString());
    }
    return words;
  }

  private static String write(Random random, String[][] cells) {
    String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
    for (String[] row : cells) {
      text.append(
          List.of(row).stream().map(c -> quote(random, c)).collect(Collectors.joining(",")));
      text.append(end);
      if (random.nextInt(50) == 0) {
        text.append(end);
      }
    }
    if (random.nextBoolean()) {
      text.setLength(text.length() - end.length());
    }
    return text.toString();
  }

  private static String quote(Random random, String cell) {
    boolean must = cell.chars().anyMatch(c -> ",\"\n\r".indexOf(c) >= 0);
    return must || random.nextInt(4) == 0 ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
  }
}
