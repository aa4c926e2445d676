package io.lariat.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsInDoubleTest {
  private static final Dataset TABLE = table();

  private static Dataset table() {
    SplittableRandom random = new SplittableRandom(38);
    double[][] x = new double[442][];
    Arrays.setAll(x, i -> random.doubles(10, -5, 20).toArray());
    return Dataset.of(x, random.doubles(442).toArray());
  }

  @Test
  void columnsAndBlocksHoldTheSameNumbersAsStandardizationGives() {
    Standardization by = Standardization.ofFeatures(TABLE, 442);
    int[] all = IntStream.range(0, 442).toArray();
    double[][] columns = RowsInDouble.columns(TABLE, all, by);
    double[][][] blocks = RowsInDouble.blocks(TABLE, 442, by);
    assertThat(blocks).hasNumberOfRows(4);
    assertThat(blocks[3][0]).hasSize(442 - 3 * RowsInDouble.BLOCK);
    double[] row = new double[10];
    for (int i = 0; i < 442; i++) {
      TABLE.copyFeatures(i, 1, row);
      by.apply(row, 1);
      for (int j = 0; j < 10; j++) {
        assertThat(columns[j][i]).as("row %d of feature %d", i, j).isEqualTo(row[j]);
        assertThat(blocks[i / 128][j][i % 128]).isEqualTo(row[j]);
      }
    }
  }

  @Test
  void rowsComeInTheOrderThatIsAskedFor() {
    int[] rows = {7, 0, 7};
    double[][] columns = RowsInDouble.columns(TABLE, rows, null);
    double[] targets = RowsInDouble.targets(TABLE, rows, null);
    for (int i = 0; i < 3; i++) {
      assertThat(columns[2][i]).isEqualTo(TABLE.feature(rows[i], 2));
      assertThat(targets[i]).isEqualTo(TABLE.target(rows[i]));
    }
    assertThat(RowsInDouble.columns(TABLE, new int[0], null)).hasDimensions(10, 0);
  }

  @Test
  void moreNumbersThanAreHeldAreRefusedInOneSentence() {
    int most = (int) (RowsInDouble.MOST_NUMBERS / 10);
    RowsInDouble.requireFew(TABLE, most);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> RowsInDouble.requireFew(TABLE, most + 1))
        .withMessage(
            TABLE.source()
                + ": "
                + (most + 1)
                + " rows of 10 features are too many to be held in double; use fewer rows or"
                + " features");
  }
}
