package io.lariat.data;

import io.lariat.internal.rows.FeatureRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows to predict, encoded as a schema wants them; see {@link Csv#readFeatures} and {@link Libsvm}.
 */
public final class Features {
  private final FeatureRows values;
  private final List<String> ignored;

  Features(FeatureRows values, List<String> ignored) {
    this.values = values;
    this.ignored = List.copyOf(ignored);
  }

  /** The number of rows. */
  public int rows() {
    return values.rows();
  }

  /** The number of features of a row. */
  public int features() {
    return values.width();
  }

  /** The rows, if they are sparse; else null. */
  public @Nullable SparseRows sparseRows() {
    return values instanceof SparseRows sparse ? sparse : null;
  }

  /** Copies {@code count} rows from row {@code from} on to the start of {@code out}, rounded. */
  public void copy(int from, int count, float[] out) {
    values.copy(from, count, out);
  }

  /** As {@link #copy(int, int, float[])}, exactly. */
  public void copy(int from, int count, double[] out) {
    values.copy(from, count, out);
  }

  /** All rows {@code [rows x features]} row-major, categories one-hot, in an array of their own. */
  public double[] values() {
    double[] all = new double[Math.multiplyExact(rows(), features())];
    copy(0, rows(), all);
    return all;
  }

  /**
   * What of the file the schema does not have: the names of columns in file order; of a libsvm
   * file, how many elements. A block of a file lists nothing.
   */
  public List<String> ignored() {
    return ignored;
  }
}
