package io.lariat.benchmarks.peers;

import io.lariat.backend.Product;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The factors of a matrix product, and what their product must be.
 *
 * @param productCase the product
 * @param a {@code [aRows x aCols]} row-major
 * @param b {@code [bRows x bCols]} row-major
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Factors(ProductCase productCase, float[] a, float[] b) {

  /** Every element is verified where that takes a second at most, otherwise as many at random. */
  private static final double MOST_MULTIPLY_ADDS = 1 << 27;

  /** Uniform in [-1, 1), the same in every process. */
  static Factors of(ProductCase c) {
    SplittableRandom random = new SplittableRandom(3);
    return new Factors(
        c, random(random, c.aRows() * c.aCols()), random(random, c.bRows() * c.bCols()));
  }

  private static float[] random(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  /**
   * Holds a product against sums in double, within the forward error bound of float32.
   *
   * @return the largest deviation as a share of its bound
   * @throws VerificationException if an element is off by more than its bound
   */
  double verify(float[] found) {
    int m = productCase.m();
    int n = productCase.n();
    boolean all = productCase.multiplyAdds() <= MOST_MULTIPLY_ADDS;
    SplittableRandom random = new SplittableRandom(4);
    int checks = all ? m * n : (int) (MOST_MULTIPLY_ADDS / productCase.k());
    double worst = 0;
    for (int c = 0; c < checks; c++) {
      int element = all ? c : random.nextInt(m * n);
      worst = Math.max(worst, verify(found, element / n, element % n));
    }
    return worst;
  }

  private double verify(float[] found, int i, int j) {
    Product product = productCase.product();
    int m = productCase.m();
    int n = productCase.n();
    int k = productCase.k();
    double sum = 0;
    double size = 0;
    for (int p = 0; p < k; p++) {
      double left = product == Product.ATB ? a[p * m + i] : a[i * k + p];
      double right = product == Product.ABT ? b[j * k + p] : b[p * n + j];
      sum += left * right;
      size += Math.abs(left * right);
    }
    // Higham, Accuracy and Stability of Numerical Algorithms, equation 3.5, to first order; twice
    // that, as the elements themselves need not be summed in one chain of fused operations.
    double share = Math.abs(found[i * n + j] - sum) / (2 * (k + 1) * 0x1p-24 * size);
    if (!(share <= 1)) {
      throw new VerificationException(
          String.format(
              Locale.ROOT,
              "element (%d, %d) of the product is %s, not %s",
              i,
              j,
              found[i * n + j],
              sum));
    }
    return share;
  }
}
