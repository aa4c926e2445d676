package io.lariat.cuda.driver;

import java.util.Locale;

/**
 * The one product of matrices that is asked of cuBLAS. Matrices lie by columns, as in Fortran.
 *
 * <p>Opened for one stream, on which all of its work is queued, with a workspace of its own, so
 * that it may be captured in a graph. Every failure is a {@link DriverException}.
 */
public interface Blas extends AutoCloseable {

  /**
   * What an opener says of itself.
   *
   * @param version 120604 for 12.6.4
   * @param place where it was found
   */
  static String describe(int version, String place) {
    return String.format(
        Locale.ROOT,
        "cuBLAS %d.%d.%d (%s)",
        version / 10000,
        version / 100 % 100,
        version % 100,
        place);
  }

  /** Opens cuBLAS for a stream. */
  interface Opener {

    /** Where it was found and which it is: {@code cuBLAS 12.6.4 (/usr/lib/libcublas.so.12)}. */
    String description();

    /**
     * Opens one.
     *
     * @param workspace the address of device memory that it may use until it is closed
     * @param workspaceBytes how much
     * @param tf32 whether products may be rounded to TF32
     */
    Blas open(Driver.Stream stream, long workspace, long workspaceBytes, boolean tf32);
  }

  /**
   * {@code c = op(a) op(b)} of floats, {@code op} being the transpose where that is said.
   *
   * @param m rows of c
   * @param n columns of c
   * @param k the dimension that is summed over
   * @param lda floats from one column of a, as it lies, to the next
   */
  void sgemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      long a,
      int lda,
      long b,
      int ldb,
      long c,
      int ldc);

  @Override
  void close();
}
