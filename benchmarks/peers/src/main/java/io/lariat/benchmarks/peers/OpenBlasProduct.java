package io.lariat.benchmarks.peers;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.lariat.backend.Product;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** {@code cblas_sgemm} of OpenBLAS, row-major. */
final class OpenBlasProduct implements ProductPeer {
  private static final int ROW_MAJOR = 101;
  private static final int NO_TRANS = 111;
  private static final int TRANS = 112;
  private static final long LONGEST_DESCRIPTION = 256;
  private static final FunctionDescriptor SGEMM =
      FunctionDescriptor.ofVoid(
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_INT);

  private final ProductCase productCase;
  private final NativeLibrary library;
  private final NativeMatrices matrices;
  private final MethodHandle sgemm;
  private final int transA;
  private final int transB;

  /** Loads the library. */
  OpenBlasProduct(ProductCase c, Factors factors) {
    productCase = c;
    library =
        NativeLibrary.open(
            List.of("libopenblas.so.0", "libopenblas.so"),
            "OpenBLAS is Debian's package libopenblas0-pthread");
    sgemm = library.function("cblas_sgemm", SGEMM);
    matrices = new NativeMatrices(c, factors);
    transA = c.product() == Product.ATB ? TRANS : NO_TRANS;
    transB = c.product() == Product.ABT ? TRANS : NO_TRANS;
  }

  /** Its version and the processor that its kernels are for, among others. */
  @Override
  public String description() {
    return library.pointer("openblas_get_config", LONGEST_DESCRIPTION).getString(0).strip();
  }

  @Override
  public void multiply() {
    try {
      sgemm.invokeExact(
          ROW_MAJOR,
          transA,
          transB,
          productCase.m(),
          productCase.n(),
          productCase.k(),
          1f,
          matrices.a,
          productCase.aCols(),
          matrices.b,
          productCase.bCols(),
          0f,
          matrices.out,
          productCase.n());
    } catch (Throwable e) {
      throw new IllegalStateException("cblas_sgemm could not be called", e);
    }
  }

  @Override
  public float[] product() {
    return matrices.product();
  }

  @Override
  public void close() {
    matrices.close();
  }
}
