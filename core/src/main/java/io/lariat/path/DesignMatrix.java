package io.lariat.path;

import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import io.lariat.numeric.RowsInDouble;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a data set in double precision, column by column.
 *
 * @param x the features {@code [features][rows]}
 * @param y the target {@code [rows]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DesignMatrix(double[][] x, double[] y) {

  /**
   * The rows {@code rows} of {@code data}.
   *
   * @param features how features are standardised; null: not at all
   * @param target how the target is; null: not at all
   * @throws io.lariat.data.DataException if they are too many
   */
  static DesignMatrix of(
      Dataset data,
      int[] rows,
      @Nullable Standardization features,
      @Nullable Standardization target) {
    return new DesignMatrix(
        RowsInDouble.columns(data, rows, features), RowsInDouble.targets(data, rows, target));
  }

  int rows() {
    return y.length;
  }

  /** Makes zeros of the columns that have one value in all rows: nothing can be learnt of them. */
  void hideConstants() {
    for (double[] column : x) {
      if (Arrays.stream(column).allMatch(value -> value == column[0])) {
        Arrays.fill(column, 0);
      }
    }
  }
}
