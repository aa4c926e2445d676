package io.lariat.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowBlocksTest {

  /** Number {@code j} of row {@code i}, different for each. */
  private static double at(int i, int j, int width) {
    return i * width + j;
  }

  private static RowBlocks filled(int rows, int width) {
    RowBlocks blocks = new RowBlocks(width);
    double[] row = new double[width + 1];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        row[j + 1] = at(i, j, width);
      }
      blocks.add(row, 1);
    }
    return blocks;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 200, 784, 20_000, 40_000})
  void keepsWhatWasAdded(int width) {
    int rows = 200_000 / width + 3;
    RowBlocks blocks = filled(rows, width);
    for (int round = 0; round < 2; round++) {
      assertThat(blocks.rows()).isEqualTo(rows);
      int seen = 0;
      for (int b = 0; b < blocks.blocks(); b++) {
        assertThat(blocks.firstRow(b)).isEqualTo(seen);
        assertThat(blocks.get(blocks.firstRow(b), 0)).isEqualTo(at(seen, 0, width));
        seen += blocks.rowsOf(b);
      }
      assertThat(seen).isEqualTo(rows);
      Random random = new Random(width);
      for (int n = 0; n < 100; n++) {
        int from = random.nextInt(rows);
        int count = random.nextInt(rows - from + 1);
        float[] out = new float[count * width];
        blocks.copy(from, count, out);
        for (int k = 0; k < out.length; k += 1 + random.nextInt(50)) {
          assertThat(out[k]).isEqualTo(from * width + k);
          assertThat(blocks.get(from + k / width, k % width)).isEqualTo(out[k]);
        }
      }
      blocks.trim();
    }
  }

  @Test
  void keepsAnArrayAsItIs() {
    float[] values = {1, 2, 3, 4, 5, 6};
    RowBlocks blocks = RowBlocks.of(values, 2);
    assertThat(blocks.rows()).isEqualTo(3);
    assertThat(blocks.blocks()).isEqualTo(1);
    values[2] = 9;
    assertThat(blocks.get(2, 1)).isEqualTo(6);
    float[] out = new float[4];
    blocks.copy(1, 2, out);
    assertThat(out).containsExactly(9, 4, 5, 6);
  }
}
