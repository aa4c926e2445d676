package io.lariat.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The features that have one value in all rows that a model is trained on, such as a column of
 * zeros or a category that only later rows have: nothing can be learnt of them.
 */
public final class ConstantFeatures {

  private ConstantFeatures() {}

  /** Which features, by their position, are constant in the first {@code rows} rows. */
  public static BitSet of(Dataset data, int rows) {
    @Nullable SparseRows sparse = data.sparseRows();
    return sparse == null ? ofDense(data, rows) : ofSparse(sparse, rows);
  }

  /**
   * Rows as they are, but that features which are constant in the first {@code rows} of them are 0:
   * for a training on features that are not standardised, which would take such a one for a second
   * bias.
   *
   * @param hides which of them, by their position, it hides
   * @return what standardises rows so; null if there is nothing to hide
   */
  public static @Nullable Standardization hiding(Dataset data, int rows, IntPredicate hides) {
    int[] hidden = of(data, rows).stream().filter(hides).toArray();
    if (hidden.length == 0) {
      return null;
    }
    double[] mean = new double[data.features()];
    double[] deviation = new double[data.features()];
    Arrays.fill(deviation, 1);
    for (int j : hidden) {
      mean[j] = data.feature(0, j);
    }
    return new Standardization(mean, deviation);
  }

  private static BitSet ofDense(Dataset data, int rows) {
    double[] first = new double[data.features()];
    double[] row = new double[data.features()];
    data.copyFeatures(0, 1, first);
    BitSet constant = new BitSet();
    constant.set(0, data.features());
    for (int i = 1; i < rows && !constant.isEmpty(); i++) {
      data.copyFeatures(i, 1, row);
      for (int j = constant.nextSetBit(0); j >= 0; j = constant.nextSetBit(j + 1)) {
        if (row[j] != first[j]) {
          constant.clear(j);
        }
      }
    }
    return constant;
  }

  /** A feature that is not in each row is constant if its elements are all zero. */
  private static BitSet ofSparse(SparseRows data, int rows) {
    int[] elements = new int[data.features()];
    double[] first = new double[data.features()];
    BitSet varies = new BitSet();
    for (int k = 0; k < data.start(rows); k++) {
      int j = data.column(k);
      if (elements[j]++ == 0) {
        first[j] = data.value(k);
      } else if (data.value(k) != first[j]) {
        varies.set(j);
      }
    }
    BitSet constant = new BitSet();
    for (int j = 0; j < elements.length; j++) {
      boolean isEverywhere = elements[j] == rows;
      if (!varies.get(j) && (isEverywhere || first[j] == 0)) {
        constant.set(j);
      }
    }
    return constant;
  }
}
