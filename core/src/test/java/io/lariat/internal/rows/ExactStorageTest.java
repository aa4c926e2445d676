package io.lariat.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever doubles come, whatever columns turn wide where: the storage gives them back. */
@Tag("F1")
@Tag("D3")
final class ExactStorageTest {

  /** A column's numbers: of one kind up to a row, of another from there on. */
  private static double value(int kind, SplittableRandom random) {
    return switch (kind) {
      case 0 -> random.nextInt(5);
      case 1 -> random.nextInt(-8_000_000, 8_000_000);
      case 2 -> random.nextInt(-80_000, 80_000) / 100.0;
      case 3 -> random.nextInt(1000) / 1e7;
      case 4 -> 1.7e9 + random.nextInt(100);
      case 5 -> random.nextDouble(-1, 1);
      case 6 -> (float) random.nextDouble(-1, 1);
      case 7 -> 0.0;
      case 8 -> -0.0;
      default -> {
        double any = Double.longBitsToDouble(random.nextLong());
        yield Double.isFinite(any) ? any : Double.MIN_VALUE;
      }
    };
  }

  private static double[][] table(int rows, int width, SplittableRandom random) {
    double[][] table = new double[rows][width];
    for (int j = 0; j < width; j++) {
      int before = random.nextInt(10);
      int after = random.nextInt(4) == 0 ? random.nextInt(10) : before;
      int change = random.nextInt(rows);
      for (int i = 0; i < rows; i++) {
        table[i][j] = value(i < change ? before : after, random);
      }
    }
    return table;
  }

  private static RowBlocks stored(double[][] table) {
    RowBlocks blocks = new RowBlocks(table[0].length);
    for (double[] row : table) {
      blocks.add(row, 0);
    }
    blocks.trim();
    return blocks;
  }

  private static void assertHolds(RowBlocks blocks, double[][] table) {
    int width = table[0].length;
    double[] row = new double[width];
    float[] floats = new float[width];
    for (int i = 0; i < table.length; i++) {
      blocks.copy(i, 1, row);
      blocks.copy(i, 1, floats);
      assertThat(row).as("row " + i).isEqualTo(table[i]);
      for (int j = 0; j < width; j++) {
        assertThat(blocks.get(i, j)).isEqualTo(table[i][j]);
        assertThat(floats[j]).isEqualTo((float) table[i][j]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void givesBackWhatWasAdded(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int width = new int[] {1, 2, 7, 40, 300, 20_000}[seed % 6];
    int rows = width > 1000 ? 40 : 2 + random.nextInt(60_000 / width);
    double[][] table = table(rows, width, random);
    RowBlocks blocks = stored(table);
    assertHolds(blocks, table);

    double[] all = new double[rows * width];
    blocks.copy(0, rows, all);
    assertThat(all)
        .isEqualTo(
            IntStream.range(0, rows * width)
                .mapToDouble(k -> table[k / width][k % width])
                .toArray());

    int[] some = random.ints(20, 0, rows).toArray();
    assertHolds(
        blocks.rows(some), IntStream.of(some).mapToObj(i -> table[i]).toArray(double[][]::new));
    int[] few = random.ints(3, 0, width).toArray();
    double[][] narrow = new double[rows][];
    for (int i = 0; i < rows; i++) {
      int row = i;
      narrow[i] = IntStream.of(few).mapToDouble(j -> table[row][j]).toArray();
    }
    assertHolds(blocks.columns(few), narrow);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void givesBackWhatTakesThePlaceOfCodes(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = 30_000;
    double[][] byCode = new double[3][10];
    int[] coded = {rows, 20_000 + random.nextInt(5000), 0};
    double[][] table = new double[rows][3];
    double[][] expected = new double[rows][3];
    int kind = random.nextInt(10);
    for (double[] codes : byCode) {
      for (int c = 0; c < codes.length; c++) {
        codes[c] = value(kind, random);
      }
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < 3; j++) {
        boolean isCode = i < coded[j];
        table[i][j] = isCode ? random.nextInt(10) : value(kind, random);
        expected[i][j] = isCode ? byCode[j][(int) table[i][j]] : table[i][j];
      }
    }
    RowBlocks blocks = stored(table);
    for (int b = 0; b < blocks.blocks(); b++) {
      int first = blocks.firstRow(b);
      int size = blocks.rowsOf(b);
      blocks.recode(
          b, IntStream.of(coded).map(n -> Math.clamp(n - first, 0, size)).toArray(), byCode);
    }
    assertHolds(blocks, expected);
  }

  @Test
  void sparseValuesToo() {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ElementValues values = new ElementValues();
      double[] expected = new double[5000];
      int change = random.nextInt(5000);
      int[] kinds = {random.nextInt(10), random.nextInt(10)};
      for (int k = 0; k < expected.length; k++) {
        expected[k] = value(kinds[k < change ? 0 : 1], random);
        values.add(expected[k]);
      }
      values.trim();
      for (int k = 0; k < expected.length; k++) {
        assertThat(values.get(k)).isEqualTo(expected[k]);
        assertThat(values.nearest(k)).isEqualTo((float) expected[k]);
      }
    }
  }

  /** A feature that needs its doubles does not make those of the others wide. */
  @Test
  void sparseExceptionsTakeTheirOwnRoom() {
    for (int among : new int[] {1, 2, 3, 10, 1000}) {
      SplittableRandom random = new SplittableRandom(among);
      ElementValues values = new ElementValues();
      double[] expected = new double[100_000];
      int wide = 0;
      for (int k = 0; k < expected.length; k++) {
        boolean isWide = k % among == 0;
        wide += isWide ? 1 : 0;
        expected[k] = isWide ? 1.7e9 + random.nextInt(1000) + 0.5 : random.nextInt(100_000) / 100.0;
        values.add(expected[k]);
      }
      values.trim();
      double[] found = new double[expected.length];
      for (int k = 0; k < expected.length; k++) {
        found[k] = values.get(k);
        assertThat(values.nearest(k)).isEqualTo((float) expected[k]);
      }
      assertThat(found).isEqualTo(expected);
      long least = Math.min(8L * expected.length, 4L * expected.length + 8L * wide);
      assertThat(values.bytes()).as("one of %d", among).isEqualTo(least);
    }
  }

  @Test
  void nanAmongSparseFloatsIsRefused() {
    float[] values = {1, Float.NaN};
    assertThatThrownBy(() -> SparseRows.of(2, new int[] {0, 2}, new int[] {0, 1}, values))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("feature 1 of row 0 is NaN");
    double[] same = {1, Double.NaN};
    assertThatThrownBy(() -> SparseRows.of(2, new int[] {0, 2}, new int[] {0, 1}, same))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("feature 1 of row 0 is NaN");
  }

  /** The hash of the numbers, whether they are floats in one array or doubles row by row. */
  @Test
  void hashesDoNotTellHowNumbersAreKept() {
    float[][] x = {{1, 2.5f}, {3, 0.1f}, {-4, 1e30f}};
    double[][] same = new double[3][2];
    for (int i = 0; i < 3; i++) {
      same[i] = new double[] {x[i][0], x[i][1]};
    }
    String floats = Dataset.of(x, new float[] {1, 2.5f, 3}).sha256(3);
    assertThat(Dataset.of(same, new double[] {1, 2.5, 3}).sha256(3)).isEqualTo(floats);
  }

  /** Numbers of six significant digits take floats, whatever their size. */
  @Test
  void sixSignificantDigitsAreFloats() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 200_000; i++) {
      double value = Double.parseDouble(random.nextInt(1_000_000) + "e" + random.nextInt(-22, 23));
      assertThat(FloatCode.holds(value, FloatCode.SIGNIFICANT)).as(value + "").isTrue();
    }
    double[][] table = new double[5000][];
    for (int i = 0; i < table.length; i++) {
      double value = Math.exp(random.nextDouble(-6, 6));
      table[i] = new double[] {Double.parseDouble(String.format(Locale.ROOT, "%.5e", value))};
    }
    RowBlocks blocks = stored(table);
    assertHolds(blocks, table);
    assertThat(blocks.isWide(0)).isFalse();
  }

  /** The proof in {@link FloatCode}, tried at its edge. */
  @Test
  void decimalsOfLessThanSevenDigitsAreFloats() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200_000; i++) {
      int decimals = random.nextInt(FloatCode.MOST_DECIMALS + 1);
      int digits = random.nextInt(1 << 23);
      double value = Double.parseDouble(digits + "e-" + decimals);
      assertThat(decimals == 0 || FloatCode.holds(value, decimals)).as(value + "").isTrue();
    }
  }
}
