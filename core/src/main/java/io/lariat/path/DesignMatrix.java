package io.lariat.path;

import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import java.util.Arrays;
import java.util.Locale;

/** Some rows of a data set in double precision, column by column: {@code x [features][rows]}. */
final class DesignMatrix {
  /** More numbers than this (1 GiB) do not go into the heap without a warning. */
  private static final long MOST_VALUES = 1L << 27;

  final double[][] x;
  final double[] y;

  private final Dataset data;
  private final int[] rowNumbers;

  private DesignMatrix(double[][] x, double[] y, Dataset data, int[] rowNumbers) {
    this.x = x;
    this.y = y;
    this.data = data;
    this.rowNumbers = rowNumbers;
  }

  /**
   * The rows {@code rows} of {@code data}, as they are.
   *
   * @throws DataException if they are more than a linear path can hold
   */
  static DesignMatrix of(Dataset data, int[] rows) {
    int features = data.features();
    if ((long) features * rows.length > MOST_VALUES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %d rows x %d features are more than a linear path holds in memory (%d numbers);"
                  + " use fewer rows or features",
              data.source(),
              rows.length,
              features,
              MOST_VALUES));
    }
    double[][] x = new double[features][rows.length];
    double[] y = new double[rows.length];
    double[] row = new double[features];
    double[] target = new double[1];
    for (int i = 0; i < rows.length; i++) {
      data.copyFeatures(rows[i], 1, row);
      data.copyTargets(rows[i], 1, target);
      y[i] = target[0];
      for (int j = 0; j < features; j++) {
        x[j][i] = row[j];
      }
    }
    return new DesignMatrix(x, y, data, rows);
  }

  int rows() {
    return y.length;
  }

  /** Mean and deviation of each column. */
  Standardization features() {
    return Standardization.ofFeatures(data, rowNumbers);
  }

  /** Mean and deviation of the target. */
  Standardization target() {
    return Standardization.ofTarget(data, rowNumbers);
  }

  /** Makes zeros of the columns that have one value in all rows: nothing can be learnt of them. */
  void hideConstants() {
    for (double[] column : x) {
      if (Arrays.stream(column).allMatch(value -> value == column[0])) {
        Arrays.fill(column, 0);
      }
    }
  }

  /** Standardises the columns in place. */
  void standardizeFeatures(Standardization by) {
    for (int j = 0; j < x.length; j++) {
      standardize(x[j], by.mean(j), by.deviation(j));
    }
  }

  /** Standardises the target in place. */
  void standardizeTarget(Standardization by) {
    standardize(y, by.mean(0), by.deviation(0));
  }

  private static void standardize(double[] values, double mean, double deviation) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - mean) / deviation;
    }
  }
}
