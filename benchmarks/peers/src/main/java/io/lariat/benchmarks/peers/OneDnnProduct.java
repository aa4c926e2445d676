package io.lariat.benchmarks.peers;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.lariat.backend.Product;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;

/** {@code dnnl_sgemm} of oneDNN, which like Lariat takes matrices row-major. */
final class OneDnnProduct implements ProductPeer {
  private static final FunctionDescriptor SGEMM =
      FunctionDescriptor.of(
          JAVA_INT,
          JAVA_BYTE,
          JAVA_BYTE,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_LONG,
          ADDRESS,
          JAVA_LONG,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_LONG);

  private final ProductCase productCase;
  private final NativeLibrary library;
  private final NativeMatrices matrices;
  private final MethodHandle sgemm;
  private final byte transA;
  private final byte transB;

  /** Loads the library. */
  OneDnnProduct(ProductCase c, Factors factors) {
    productCase = c;
    library =
        NativeLibrary.open(
            List.of("libdnnl.so.3", "libdnnl.so.2", "libdnnl.so"),
            "oneDNN is Debian's package libdnnl2");
    sgemm = library.function("dnnl_sgemm", SGEMM);
    matrices = new NativeMatrices(c, factors);
    transA = (byte) (c.product() == Product.ATB ? 'T' : 'N');
    transB = (byte) (c.product() == Product.ABT ? 'T' : 'N');
  }

  /** The version begins with three ints: major, minor, patch. */
  @Override
  public String description() {
    MemorySegment version = library.pointer("dnnl_version", 3L * Integer.BYTES);
    return String.format(
        Locale.ROOT,
        "oneDNN %d.%d.%d",
        version.getAtIndex(JAVA_INT, 0),
        version.getAtIndex(JAVA_INT, 1),
        version.getAtIndex(JAVA_INT, 2));
  }

  @Override
  public void multiply() {
    int status;
    try {
      status =
          (int)
              sgemm.invokeExact(
                  transA,
                  transB,
                  (long) productCase.m(),
                  (long) productCase.n(),
                  (long) productCase.k(),
                  1f,
                  matrices.a,
                  (long) productCase.aCols(),
                  matrices.b,
                  (long) productCase.bCols(),
                  0f,
                  matrices.out,
                  (long) productCase.n());
    } catch (Throwable e) {
      throw new IllegalStateException("dnnl_sgemm could not be called", e);
    }
    if (status != 0) {
      throw new IllegalStateException("dnnl_sgemm failed with status " + status);
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
