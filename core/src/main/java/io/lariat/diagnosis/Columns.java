package io.lariat.diagnosis;

import io.lariat.data.Dataset;
import io.lariat.numeric.Vectors;
import java.util.Arrays;

/**
 * Some features of some rows by column, each centred and scaled to length 1, so that a correlation
 * is a dot product. A column that is constant is all zero and correlates with nothing.
 */
final class Columns {
  private final int[] features;
  private final double[][] units;

  private Columns(int[] features, double[][] units) {
    this.features = features;
    this.units = units;
  }

  /**
   * Reads columns of {@code data}.
   *
   * @param features which features
   * @param rows how many of the first rows to choose from
   * @param sample how many of them to take, evenly spaced
   */
  static Columns of(Dataset data, int[] features, int rows, int sample) {
    int[] taken = new int[Math.min(rows, sample)];
    Arrays.setAll(taken, i -> sampled(i, taken.length, rows));
    return of(data, features, taken);
  }

  /** Reads columns of the rows of {@code data} named. */
  static Columns of(Dataset data, int[] features, int[] rows) {
    double[][] columns = new double[features.length][rows.length];
    double[] row = new double[data.features()];
    for (int i = 0; i < rows.length; i++) {
      data.copyFeatures(rows[i], 1, row);
      for (int k = 0; k < features.length; k++) {
        columns[k][i] = row[features[k]];
      }
    }
    for (double[] column : columns) {
      toUnit(column);
    }
    return new Columns(features, columns);
  }

  /** The row that sample {@code i} of {@code taken} is. */
  static int sampled(int i, int taken, int rows) {
    return (int) ((long) i * rows / taken);
  }

  /** Centres {@code values} and scales them to length 1; all zero if they are constant. */
  static void toUnit(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value - values[0];
    }
    mean = mean / values.length + values[0];
    double square = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] -= mean;
      square += values[i] * values[i];
    }
    // What is left of a constant column is rounding.
    boolean constant = Math.sqrt(square / values.length) <= 1e-12 * Math.abs(mean);
    double scale = constant || square == 0 ? 0 : 1 / Math.sqrt(square);
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
  }

  /** How many columns there are. */
  int count() {
    return features.length;
  }

  /** The feature that column {@code k} is of. */
  int feature(int k) {
    return features[k];
  }

  /** Pearson's correlation of columns {@code a} and {@code b}. */
  double correlation(int a, int b) {
    return Vectors.dotInOrder(units[a], units[b]);
  }

  /** The cosine of column {@code k} and {@code unit}, a vector of length 1. */
  double correlation(int k, double[] unit) {
    return Vectors.dotInOrder(units[k], unit);
  }

  /** The values of column {@code k}, centred and of length 1; not to be changed. */
  double[] unit(int k) {
    return units[k];
  }

  /** Of a category's feature {@code k}, the share of the rows in it. */
  double share(int k) {
    int members = 0;
    for (double v : units[k]) {
      members += v > 0 ? 1 : 0;
    }
    return (double) members / units[k].length;
  }
}
