package io.lariat.backend;

/**
 * Products of panels of doubles, for what is solved in double precision: the same bits from every
 * implementation, so that a result does not depend on the machine.
 *
 * <p>A panel holds vectors of equal length one after another: element {@code r} of vector {@code i}
 * is {@code panel[i * length + r]}. The length is a multiple of {@link #LANES}; what is no row is
 * zero in both panels. A length that is none is an {@link IllegalArgumentException}.
 *
 * <p>For any thread, and for several at once that write different memory.
 */
public interface PanelProducts {
  /** Partial sums of a product of two vectors: element {@code r} goes into number {@code r % 8}. */
  int LANES = 8;

  /**
   * {@code c[i * stride + j] += sum_r a_i[r] b_j[r]} for {@code i < rows}, {@code j < columns}.
   * Each sum is eight partial sums {@code s_l}, each in the order of r, each product fused with its
   * addition, from 0 on; they are added as {@code ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 +
   * s7))}, and the sum then to c.
   *
   * @param a a panel of {@code rows} vectors
   * @param b a panel of {@code columns} vectors; may be {@code a}
   * @param length of the vectors
   * @param c other memory than the panels
   */
  void addInner(
      double[] a, int rows, double[] b, int columns, int length, double[] c, int at, int stride);

  /**
   * What {@link #addInner} adds where the product is symmetric, on and below the diagonal: {@code
   * c[i * stride + j] += sum_r a_i[r] b_j[r]} for {@code j <= i < rows}. The rest of c is left as
   * it is.
   *
   * @param a a panel of {@code rows} vectors
   * @param b the same vectors, their elements scaled alike; may be {@code a}
   * @param length of the vectors
   * @param c other memory than the panels
   */
  void addSymmetric(double[] a, double[] b, int rows, int length, double[] c, int at, int stride);

  /**
   * {@code z_i[r] += sum_j w[i * columns + j] x_j[r]} for {@code i < rows}: for each element one
   * sum that begins with what is there, in the order of j, each product fused with its addition.
   *
   * @param x a panel of {@code columns} vectors
   * @param z a panel of {@code rows} vectors, other memory than x
   * @param length of the vectors
   */
  void addCombinations(double[] w, int rows, double[] x, int columns, int length, double[] z);
}
