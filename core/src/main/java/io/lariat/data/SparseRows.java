package io.lariat.data;

import io.lariat.internal.rows.ElementValues;
import io.lariat.internal.rows.FeatureRows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;

/**
 * Rows of features of which few are not zero, by compressed rows (CSR): the elements of row {@code
 * i} are those from {@code start(i)} to {@code start(i + 1) - 1}, their columns ascending.
 *
 * <p>The arrays are kept, not copied; the caller must not change them afterwards. Nothing in Lariat
 * writes to them.
 */
public final class SparseRows implements FeatureRows {
  private final int width;
  private final int[] starts;
  private final int[] columns;
  private final ElementValues values;

  private SparseRows(int width, int[] starts, int[] columns, ElementValues values) {
    this.width = width;
    this.starts = starts;
    this.columns = columns;
    this.values = values;
  }

  /**
   * Rows from the three arrays that SciPy calls {@code indptr}, {@code indices} and {@code data}.
   *
   * @param features the number of features of a row
   * @param starts {@code rows + 1} places, ascending from 0
   * @param columns the feature of each element, ascending within a row, from 0
   * @param values the value of each element; finite
   * @throws DataException if the arrays do not fit together
   */
  public static SparseRows of(int features, int[] starts, int[] columns, float[] values) {
    return of(features, starts, columns, ElementValues.of(values));
  }

  /** As {@link #of(int, int[], int[], float[])}; the values are copied. */
  public static SparseRows of(int features, int[] starts, int[] columns, double[] values) {
    return of(features, starts, columns, ElementValues.of(values));
  }

  static SparseRows of(int features, int[] starts, int[] columns, ElementValues values) {
    if (features < 1
        || starts.length < 2
        || starts[0] != 0
        || starts[starts.length - 1] > columns.length
        || columns.length != values.size()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "sparse rows: %d features, %d starts, %d columns and %d values do not go together;"
                  + " expected rows + 1 starts from 0 and as many columns as values",
              features,
              starts.length,
              columns.length,
              values.size()));
    }
    for (int i = 0; i + 1 < starts.length; i++) {
      requireRow(features, starts, columns, values, i);
    }
    return new SparseRows(features, starts, columns, values);
  }

  private static void requireRow(
      int features, int[] starts, int[] columns, ElementValues values, int i) {
    if (starts[i + 1] < starts[i] || starts[i + 1] > columns.length) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "sparse rows: row %d goes from %d to %d; starts must ascend to at most %d",
              i,
              starts[i],
              starts[i + 1],
              columns.length));
    }
    int before = -1;
    for (int k = starts[i]; k < starts[i + 1]; k++) {
      if (columns[k] <= before || columns[k] >= features) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "sparse rows: row %d has feature %d after %d; expected ascending features from 0 to"
                    + " %d",
                i,
                columns[k],
                before,
                features - 1));
      }
      if (!Double.isFinite(values.get(k))) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "sparse rows: feature %d of row %d is %s; remove the row or fill the value in",
                columns[k],
                i,
                values.get(k)));
      }
      before = columns[k];
    }
  }

  /** These rows without the elements of some features; the same if there are none. */
  public SparseRows without(BitSet features) {
    SparseRowsBuilder others = new SparseRowsBuilder();
    for (int i = 0; i < rows(); i++) {
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        if (!features.get(columns[k])) {
          others.add(columns[k], values.get(k));
        }
      }
      others.endRow();
    }
    return others.elements() == elements() ? this : others.build(width);
  }

  /** A copy of some rows. */
  SparseRows rows(int[] numbers) {
    SparseRowsBuilder some = new SparseRowsBuilder();
    for (int i : numbers) {
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        some.add(columns[k], values.get(k));
      }
      some.endRow();
    }
    return some.build(width);
  }

  /** A copy with every value rounded. */
  SparseRows rounded(Rounding rounding) {
    double[] rounded = new double[elements()];
    Arrays.setAll(rounded, k -> rounding.round(values.get(k)));
    return new SparseRows(width, starts, columns, ElementValues.of(rounded));
  }

  @Override
  public int rows() {
    return starts.length - 1;
  }

  /** The number of features of a row, most of them zero. */
  public int features() {
    return width;
  }

  @Override
  public int width() {
    return width;
  }

  /** The number of elements that are kept: those that are not zero, unless a zero was given. */
  public int elements() {
    return starts[rows()];
  }

  /**
   * The place of the first element of row {@code i}; for {@code rows()}, behind the last of all.
   */
  public int start(int i) {
    return starts[i];
  }

  /** The feature of the element at {@code place}. */
  public int column(int place) {
    return columns[place];
  }

  /** The value of the element at {@code place}. */
  public double value(int place) {
    return values.get(place);
  }

  /** The value of the element at {@code place}, rounded to a float. */
  public float nearestFloat(int place) {
    return values.nearest(place);
  }

  /** Whether any value is kept as a double, as no float stands for it. */
  boolean hasDoubles() {
    return values.hasDoubles();
  }

  @Override
  public double get(int i, int j) {
    int place = Arrays.binarySearch(columns, starts[i], starts[i + 1], j);
    return place < 0 ? 0 : values.get(place);
  }

  @Override
  public void copy(int from, int count, double[] out) {
    Arrays.fill(out, 0, count * width, 0);
    for (int i = 0; i < count; i++) {
      for (int k = starts[from + i]; k < starts[from + i + 1]; k++) {
        out[i * width + columns[k]] = values.get(k);
      }
    }
  }

  @Override
  public void copy(int from, int count, float[] out) {
    Arrays.fill(out, 0, count * width, 0);
    for (int i = 0; i < count; i++) {
      for (int k = starts[from + i]; k < starts[from + i + 1]; k++) {
        out[i * width + columns[k]] = values.nearest(k);
      }
    }
  }
}
