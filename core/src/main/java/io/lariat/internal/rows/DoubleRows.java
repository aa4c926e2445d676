package io.lariat.internal.rows;

/** Rows of doubles as they are, {@code [rows x width]} row-major. */
public final class DoubleRows implements FeatureRows {
  private final double[] values;
  private final int width;
  private final int rows;

  /** The first {@code rows} rows of {@code values}, which is kept, not copied. */
  public DoubleRows(double[] values, int width, int rows) {
    this.values = values;
    this.width = width;
    this.rows = rows;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public double get(int i, int j) {
    return values[i * width + j];
  }

  @Override
  public void copy(int from, int count, double[] out) {
    System.arraycopy(values, from * width, out, 0, count * width);
  }

  @Override
  public void copy(int from, int count, float[] out) {
    for (int k = 0; k < count * width; k++) {
      out[k] = (float) values[from * width + k];
    }
  }
}
