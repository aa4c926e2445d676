package io.lariat.backend.contract;

import io.lariat.backend.Product;

/** The three matrix products by their definition, with the error bound of an inner product. */
final class ExpectedProducts {

  /**
   * Over the worst case {@code gamma_k = k u / (1 - k u)} of a sum of {@code k} products in any
   * order: room for nothing but its own rounding.
   */
  private static final double HEADROOM = 2;

  private ExpectedProducts() {}

  /**
   * {@code out[m x n]} of {@code a} and {@code b}, whose shapes follow from {@code m}, {@code k},
   * {@code n} and the product. Each element may be off by {@code 2 (k + 1) 2^-24 (|A| |B|)_ij}.
   */
  static Expected matmul(Product product, float[] a, float[] b, int m, int k, int n) {
    Expected expected = new Expected(m * n);
    int aRow = product == Product.ATB ? 1 : k;
    int aDepth = product == Product.ATB ? m : 1;
    int bCol = product == Product.ABT ? k : 1;
    int bDepth = product == Product.ABT ? 1 : n;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        double sizes = 0;
        for (int d = 0; d < k; d++) {
          double term = (double) a[i * aRow + d * aDepth] * b[d * bDepth + j * bCol];
          sum += term;
          sizes += Math.abs(term);
        }
        double roundings = HEADROOM * (k + 1);
        expected.set(i * n + j, sum, roundings * (Expected.UNIT * sizes + Expected.TINY));
      }
    }
    return expected;
  }

  /** {@code out[1 x cols]}: the sums of the columns; off by {@code 2 rows 2^-24} of the sizes. */
  static Expected sumRows(float[] x, int rows, int cols) {
    Expected expected = new Expected(cols);
    for (int j = 0; j < cols; j++) {
      double sum = 0;
      double sizes = 0;
      for (int i = 0; i < rows; i++) {
        sum += x[i * cols + j];
        sizes += Math.abs(x[i * cols + j]);
      }
      expected.set(j, sum, HEADROOM * rows * Expected.UNIT * sizes);
    }
    return expected;
  }
}
