package io.lariat.diagnosis;

import io.lariat.data.Column;
import io.lariat.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Remarks on rows by which a result may be too good to be true, or hide what there is, one sentence
 * each: what was seen, why it may mislead, what to do.
 *
 * <ul>
 *   <li>a column by itself gives the target, or a few together ({@link TargetInDisguise});
 *   <li>neighbouring rows are alike, in the target and in columns ({@link RowOrder});
 *   <li>rows have near copies that agree in the target ({@link NearCopies});
 *   <li>one row makes up most of the target's variance.
 * </ul>
 *
 * <p>Nothing is said of sparse rows, of fewer than 20 rows, nor of columns that are not used; but
 * where those that are used show no near copies, all are looked at.
 */
public final class Caution {
  private static final int LEAST_ROWS = 20;

  /** Of the target's variance. */
  private static final double MOST_OF_ONE_ROW = 0.9;

  private Caution() {}

  /**
   * The remarks that apply, in the order above.
   *
   * @param rows how many rows, the first ones, were learnt from
   * @param isUsed whether the model uses a feature, by its position
   */
  public static List<String> of(Dataset data, int rows, IntPredicate isUsed) {
    if (data.sparseRows() != null || rows < LEAST_ROWS) {
      return List.of();
    }
    List<UsedColumn> used = used(data, isUsed);
    List<String> remarks = new ArrayList<>();
    if (!used.isEmpty()) {
      remarks.addAll(new TargetInDisguise(data, rows, used).remarks());
      remarks.addAll(RowOrder.remarks(data, rows, used));
      List<String> copies = NearCopies.remarks(data, rows, used);
      remarks.addAll(
          copies.isEmpty() ? NearCopies.remarks(data, rows, used(data, j -> true)) : copies);
    }
    if (data.task().isNumber()) {
      remarks.addAll(outlier(data, rows));
    }
    return remarks;
  }

  private static List<UsedColumn> used(Dataset data, IntPredicate isUsed) {
    List<UsedColumn> used = new ArrayList<>();
    int at = 0;
    for (Column column : data.schema().columns()) {
      boolean any = false;
      for (int j = at; j < at + column.width(); j++) {
        any |= isUsed.test(j);
      }
      if (any) {
        used.add(new UsedColumn(column.name(), at, column.width(), column.isCategorical()));
      }
      at += column.width();
    }
    return used;
  }

  private static List<String> outlier(Dataset data, int rows) {
    double mean = 0;
    for (int i = 0; i < rows; i++) {
      mean += data.target(i) / rows;
    }
    double all = 0;
    double most = 0;
    int row = 0;
    for (int i = 0; i < rows; i++) {
      double square = (data.target(i) - mean) * (data.target(i) - mean);
      all += square;
      row = square > most ? i : row;
      most = Math.max(most, square);
    }
    if (!(most > MOST_OF_ONE_ROW * all)) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "row %d alone, whose '%s' is %s, makes up %.1f %% of the target's variance, so what"
                + " holds for the others hardly shows: check that value, leave the row out, or use"
                + " ranks or logarithms",
            row + 1,
            data.schema().target().name(),
            Remarks.number(data.target(row)),
            100 * most / all));
  }
}
