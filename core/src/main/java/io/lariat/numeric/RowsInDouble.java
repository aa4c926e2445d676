package io.lariat.numeric;

import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a data set in double precision as solvers want them: an array for each feature, of all
 * rows or of a block of them, standardised or as they are.
 */
public final class RowsInDouble {
  /** More numbers than this (8 GiB of them) are refused. */
  public static final long MOST_NUMBERS = 1L << 30;

  /** Rows of a block: a block of a wide layer stays in the second-level cache. */
  public static final int BLOCK = 128;

  private RowsInDouble() {}

  /**
   * Checks that {@code rows} rows of {@code data} can be held.
   *
   * @throws DataException if they are too many
   */
  public static void requireFew(Dataset data, int rows) {
    if ((long) rows * data.features() > MOST_NUMBERS) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %d rows of %d features are too many to be held in double; use fewer rows or"
                  + " features",
              data.source(),
              rows,
              data.features()));
    }
  }

  /**
   * The features of some rows, {@code [feature][row]}.
   *
   * @param by how they are standardised; null: not at all
   * @throws DataException if they are too many
   */
  public static double[][] columns(Dataset data, int[] rows, @Nullable Standardization by) {
    double[][][] blocks = read(data, i -> rows[i], rows.length, by, Math.max(1, rows.length));
    return blocks.length == 0 ? new double[data.features()][0] : blocks[0];
  }

  /**
   * The features of the first {@code rows} rows by blocks, {@code [block][feature][row of the
   * block]}.
   *
   * @param by how they are standardised; null: not at all
   * @throws DataException if they are too many
   */
  public static double[][][] blocks(Dataset data, int rows, @Nullable Standardization by) {
    return read(data, i -> i, rows, by, BLOCK);
  }

  /**
   * The target of some rows.
   *
   * @param by how it is standardised; null: not at all
   */
  public static double[] targets(Dataset data, int[] rows, @Nullable Standardization by) {
    double[] targets = new double[rows.length];
    double[] one = new double[1];
    for (int i = 0; i < rows.length; i++) {
      data.copyTargets(rows[i], 1, one);
      targets[i] = one[0];
    }
    if (by != null) {
      by.apply(targets, rows.length);
    }
    return targets;
  }

  /** Blocks of {@link #BLOCK} rows, the last of what is left, all zero. */
  public static double[][][] blocks(int rows, int features) {
    return blocks(rows, features, BLOCK);
  }

  private static double[][][] blocks(int rows, int features, int size) {
    double[][][] blocks = new double[Math.ceilDiv(rows, size)][][];
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] = new double[features][Math.min(size, rows - b * size)];
    }
    return blocks;
  }

  private static double[][][] read(
      Dataset data, IntUnaryOperator row, int rows, @Nullable Standardization by, int size) {
    requireFew(data, rows);
    double[][][] blocks = blocks(rows, data.features(), size);
    double[] values = new double[data.features()];
    for (int i = 0; i < rows; i++) {
      data.copyFeatures(row.applyAsInt(i), 1, values);
      if (by != null) {
        by.apply(values, 1);
      }
      double[][] block = blocks[i / size];
      for (int j = 0; j < values.length; j++) {
        block[j][i % size] = values[j];
      }
    }
    return blocks;
  }
}
