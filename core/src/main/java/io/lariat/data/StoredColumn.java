package io.lariat.data;

import io.lariat.internal.rows.RowBlocks;
import java.util.Arrays;
import java.util.List;

/**
 * What the stored cells of a column mean, once all are read: a cell of the first rows is a code, a
 * later one the number itself.
 *
 * @param categories the categories in sorted order; none in a column of numbers
 * @param byCode for each code the number, or the category's position
 * @param numbersFrom the first row whose cell was stored as a number
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredColumn(List<String> categories, double[] byCode, int numbersFrom) {

  /** The same, but of a category its position remains: one feature. */
  StoredColumn asNumbers() {
    return new StoredColumn(List.of(), byCode, numbersFrom);
  }

  /** How many features it makes. */
  int width() {
    return Math.max(1, categories.size());
  }

  /**
   * Makes features of the stored cells: in their place if all columns are numeric, else in new
   * blocks, and the old ones are released one by one.
   */
  static RowBlocks encode(RowBlocks cells, List<StoredColumn> columns) {
    boolean numeric = columns.stream().allMatch(column -> column.categories.isEmpty());
    int features = columns.stream().mapToInt(StoredColumn::width).sum();
    RowBlocks encoded = numeric ? cells : new RowBlocks(features);
    double[][] byCode = columns.stream().map(column -> column.byCode).toArray(double[][]::new);
    int[] coded = new int[columns.size()];
    double[] stored = new double[columns.size()];
    double[] row = new double[features];
    for (int b = 0; b < cells.blocks(); b++) {
      for (int j = 0; j < coded.length; j++) {
        int before = Math.max(0, columns.get(j).numbersFrom - cells.firstRow(b));
        coded[j] = Math.min(cells.rowsOf(b), before);
      }
      cells.recode(b, coded, byCode);
      if (!numeric) {
        for (int i = 0; i < cells.rowsOf(b); i++) {
          cells.copy(cells.firstRow(b) + i, 1, stored);
          oneHot(stored, columns, row);
          encoded.add(row, 0);
        }
        cells.release(b);
      }
    }
    encoded.trim();
    return encoded;
  }

  private static void oneHot(double[] stored, List<StoredColumn> columns, double[] row) {
    Arrays.fill(row, 0);
    int feature = 0;
    for (int j = 0; j < columns.size(); j++) {
      StoredColumn column = columns.get(j);
      if (column.categories.isEmpty()) {
        row[feature] = stored[j];
      } else {
        row[feature + (int) stored[j]] = 1;
      }
      feature += column.width();
    }
  }
}
