package io.lariat.select;

import io.lariat.data.Column;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import io.lariat.data.Task;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data set as selection works on it: in double, column by column, standardised; a group of
 * features for each input column.
 */
final class SelectionData {
  /** More numbers than this (1 GiB) do not go into the heap without a warning. */
  private static final long MOST_VALUES = 1L << 27;

  private static final int LEAST_ROWS = 10;

  final Dataset source;
  final Standardization features;
  final @Nullable Standardization target;

  /** {@code [feature][row]}, standardised; a constant feature is 0. */
  final double[][] x;

  /** The target: standardised, or class numbers. */
  final double[] y;

  /** Features of group g: from {@code start[g]} to {@code start[g + 1]}. */
  final int[] start;

  /** Whether a group is protected from the penalty. */
  final boolean[] kept;

  private SelectionData(
      Dataset source,
      Standardization features,
      @Nullable Standardization target,
      double[][] x,
      double[] y,
      int[] start,
      boolean[] kept) {
    this.source = source;
    this.features = features;
    this.target = target;
    this.x = x;
    this.y = y;
    this.start = start;
    this.kept = kept;
  }

  /**
   * Takes {@code data} over.
   *
   * @throws DataException if it is too large, too small, has one target only or not the columns
   *     that are to be kept
   */
  static SelectionData of(Dataset data, Collection<String> keep) {
    data.schema().requireColumns(keep);
    int rows = data.rows();
    int width = data.features();
    if (rows < LEAST_ROWS) {
      throw new DataException(
          String.format(
              "%s has %d rows; selecting features needs at least %d",
              data.source(), rows, LEAST_ROWS));
    }
    if ((long) rows * width > MOST_VALUES) {
      throw new DataException(
          String.format(
              "%s: %d rows x %d features are more than selection holds in memory (%d numbers); use"
                  + " fewer rows or features",
              data.source(), rows, width, MOST_VALUES));
    }
    requireTwoTargets(data);
    Standardization features = Standardization.ofFeatures(data, rows);
    double[][] x = new double[width][rows];
    double[] y = new double[rows];
    double[] row = new double[width];
    for (int i = 0; i < rows; i++) {
      data.copyFeatures(i, 1, row);
      features.apply(row, 1);
      for (int j = 0; j < width; j++) {
        x[j][i] = row[j];
      }
    }
    data.copyTargets(0, rows, y);
    @Nullable Standardization target = null;
    if (data.task() == Task.REGRESSION) {
      target = Standardization.ofTarget(data, rows);
      for (int i = 0; i < rows; i++) {
        y[i] = (y[i] - target.mean()[0]) / target.deviation()[0];
      }
    }
    List<Column> columns = data.schema().columns();
    int[] start = new int[columns.size() + 1];
    boolean[] kept = new boolean[columns.size()];
    for (int g = 0; g < kept.length; g++) {
      start[g + 1] = start[g] + columns.get(g).width();
      kept[g] = keep.contains(columns.get(g).name());
    }
    return new SelectionData(data, features, target, x, y, start, kept);
  }

  private static void requireTwoTargets(Dataset data) {
    for (int i = 1; i < data.rows(); i++) {
      if (data.target(i) != data.target(0)) {
        return;
      }
    }
    throw new DataException(
        data.source()
            + ": all rows have the same target, so no feature can matter; choose another target or"
            + " other rows");
  }

  Task task() {
    return source.task();
  }

  int rows() {
    return y.length;
  }

  int groups() {
    return kept.length;
  }

  int outputs() {
    return source.schema().target().outputs();
  }

  /** How many features group {@code g} has. */
  int width(int g) {
    return start[g + 1] - start[g];
  }
}
