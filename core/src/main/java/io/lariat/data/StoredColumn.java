package io.lariat.data;

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
record StoredColumn(List<String> categories, float[] byCode, int numbersFrom) {

  /** The same, but of a category its position remains: one feature. */
  StoredColumn asNumbers() {
    return new StoredColumn(List.of(), byCode, numbersFrom);
  }

  /** How many features it makes. */
  private int width() {
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
    float[] row = new float[features];
    for (int b = 0; b < cells.blocks(); b++) {
      for (int j = 0; j < columns.size(); j++) {
        columns.get(j).decode(cells, b, j);
      }
      if (!numeric) {
        for (int i = 0; i < cells.rowsOf(b); i++) {
          oneHot(cells.block(b), i * columns.size(), columns, row);
          encoded.add(row, 0);
        }
        cells.release(b);
      }
    }
    encoded.trim();
    return encoded;
  }

  /** Puts numbers and positions in the place of the codes in block {@code b}, column {@code j}. */
  private void decode(RowBlocks cells, int b, int j) {
    float[] block = cells.block(b);
    int coded = Math.min(cells.rowsOf(b), numbersFrom - cells.firstRow(b));
    for (int i = 0, at = j; i < coded; i++, at += cells.width()) {
      block[at] = byCode[(int) block[at]];
    }
  }

  private static void oneHot(float[] from, int at, List<StoredColumn> columns, float[] row) {
    Arrays.fill(row, 0);
    int feature = 0;
    for (int j = 0; j < columns.size(); j++) {
      StoredColumn column = columns.get(j);
      if (column.categories.isEmpty()) {
        row[feature] = from[at + j];
      } else {
        row[feature + (int) from[at + j]] = 1;
      }
      feature += column.width();
    }
  }
}
