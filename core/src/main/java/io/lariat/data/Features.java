package io.lariat.data;

import java.util.List;

/** Rows to predict, encoded as a schema wants them; see {@link Csv#readFeatures}. */
public final class Features {
  private final RowBlocks values;
  private final List<String> ignored;

  Features(RowBlocks values, List<String> ignored) {
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

  /** Copies {@code count} rows from row {@code from} on to the start of {@code out}. */
  public void copy(int from, int count, float[] out) {
    values.copy(from, count, out);
  }

  /** All rows {@code [rows x features]} row-major, categories one-hot, in an array of their own. */
  public float[] values() {
    float[] all = new float[Math.multiplyExact(rows(), features())];
    copy(0, rows(), all);
    return all;
  }

  /** The names of the file's columns that the schema does not have, in file order. */
  public List<String> ignored() {
    return ignored;
  }
}
