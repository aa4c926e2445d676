package io.lariat.internal.rows;

/** Rows of features {@code [rows x width]}, however they are kept. */
public interface FeatureRows {

  /** The number of rows. */
  int rows();

  /** The number of features of a row. */
  int width();

  /** Feature {@code j} of row {@code i}. */
  double get(int i, int j);

  /** Copies {@code count} rows from row {@code from} on to the start of {@code out}, zeros too. */
  void copy(int from, int count, double[] out);

  /** As {@link #copy(int, int, double[])}, rounded to floats. */
  void copy(int from, int count, float[] out);
}
