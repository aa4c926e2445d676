package io.lariat.cuda.probe;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.lariat.backend.BackendUnavailableException;
import io.lariat.cuda.driver.Blas;
import io.lariat.cuda.driver.Driver;
import io.lariat.cuda.driver.DriverException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * cuBLAS of any version by the Foreign Function API: nine functions, whose signatures are the same
 * from version 11 on.
 */
final class ForeignBlas implements Blas.Opener {
  private static final int DEFAULT_MATH = 0;
  private static final int TF32_MATH = 3;
  private static final int ATOMICS_NOT_ALLOWED = 0;
  private static final int POINTERS_TO_HOST = 0;
  private static final int SUCCESS = 0;

  private final SymbolLookup library;
  private final String description;
  private final MethodHandle create;
  private final MethodHandle destroy;
  private final MethodHandle setStream;
  private final MethodHandle setWorkspace;
  private final MethodHandle setMathMode;
  private final MethodHandle setAtomicsMode;
  private final MethodHandle setPointerMode;
  private final MethodHandle sgemm;

  /**
   * Finds the functions.
   *
   * @param place where the library was found
   * @throws BackendUnavailableException if one is missing or does not work
   */
  ForeignBlas(SymbolLookup library, String place) {
    this.library = library;
    create = function(place, "cublasCreate_v2", ADDRESS);
    destroy = function(place, "cublasDestroy_v2", JAVA_LONG);
    setStream = function(place, "cublasSetStream_v2", JAVA_LONG, JAVA_LONG);
    setWorkspace = function(place, "cublasSetWorkspace_v2", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    setMathMode = function(place, "cublasSetMathMode", JAVA_LONG, JAVA_INT);
    setAtomicsMode = function(place, "cublasSetAtomicsMode", JAVA_LONG, JAVA_INT);
    setPointerMode = function(place, "cublasSetPointerMode_v2", JAVA_LONG, JAVA_INT);
    sgemm =
        function(
            place,
            "cublasSgemm_v2",
            JAVA_LONG,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            ADDRESS,
            JAVA_LONG,
            JAVA_INT,
            JAVA_LONG,
            JAVA_INT,
            ADDRESS,
            JAVA_LONG,
            JAVA_INT);
    description = Blas.describe(version(place), place);
  }

  /** A function that gives a status; pointers that are only handed on are plain longs. */
  @SuppressWarnings("restricted") // the probe has seen that native access is enabled
  private MethodHandle function(String place, String name, MemoryLayout... parameters) {
    MemorySegment symbol =
        library
            .find(name)
            .orElseThrow(() -> new BackendUnavailableException(place + " has no function " + name));
    return Linker.nativeLinker()
        .downcallHandle(symbol, FunctionDescriptor.of(JAVA_INT, parameters));
  }

  /** The version, which cuBLAS tells without a handle too. */
  private int version(String place) {
    MethodHandle get = function(place, "cublasGetVersion_v2", JAVA_LONG, ADDRESS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment version = arena.allocate(JAVA_INT);
      call("cublasGetVersion", () -> (int) get.invokeExact(0L, version));
      return version.get(JAVA_INT, 0);
    }
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Blas open(Driver.Stream stream, long workspace, long workspaceBytes, boolean tf32) {
    long handle;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment made = arena.allocate(JAVA_LONG);
      call("cublasCreate", () -> (int) create.invokeExact(made));
      handle = made.get(JAVA_LONG, 0);
    }
    Handle opened = new Handle(handle);
    try {
      call("cublasSetStream", () -> (int) setStream.invokeExact(handle, stream.address()));
      // after the stream, which takes cuBLAS back to its own workspace
      call(
          "cublasSetWorkspace",
          () -> (int) setWorkspace.invokeExact(handle, workspace, workspaceBytes));
      int mode = tf32 ? TF32_MATH : DEFAULT_MATH;
      call("cublasSetMathMode", () -> (int) setMathMode.invokeExact(handle, mode));
      call(
          "cublasSetAtomicsMode",
          () -> (int) setAtomicsMode.invokeExact(handle, ATOMICS_NOT_ALLOWED));
      call(
          "cublasSetPointerMode", () -> (int) setPointerMode.invokeExact(handle, POINTERS_TO_HOST));
    } catch (DriverException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  /** One handle of cuBLAS. */
  private final class Handle implements Blas {
    private static final MemorySegment ONE = Arena.global().allocateFrom(ValueLayout.JAVA_FLOAT, 1);
    private static final MemorySegment ZERO =
        Arena.global().allocateFrom(ValueLayout.JAVA_FLOAT, 0);

    private final long handle;

    Handle(long handle) {
      this.handle = handle;
    }

    @Override
    public void sgemm(
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
        int ldc) {
      int opA = transposeA ? 1 : 0;
      int opB = transposeB ? 1 : 0;
      call(
          "cublasSgemm",
          () ->
              (int)
                  sgemm.invokeExact(handle, opA, opB, m, n, k, ONE, a, lda, b, ldb, ZERO, c, ldc));
    }

    @Override
    public void close() {
      call("cublasDestroy", () -> (int) destroy.invokeExact(handle));
    }
  }

  /** A call by a method handle, which may throw anything as far as Java knows. */
  private interface Call {
    int run() throws Throwable;
  }

  private static void call(String name, Call call) {
    int status;
    try {
      status = call.run();
    } catch (Throwable e) {
      throw new IllegalStateException(name + " cannot be called", e);
    }
    if (status != SUCCESS) {
      throw new DriverException(name, status, statusName(status));
    }
  }

  private static String statusName(int status) {
    return switch (status) {
      case 1 -> "CUBLAS_STATUS_NOT_INITIALIZED";
      case 3 -> "CUBLAS_STATUS_ALLOC_FAILED";
      case 7 -> "CUBLAS_STATUS_INVALID_VALUE";
      case 8 -> "CUBLAS_STATUS_ARCH_MISMATCH";
      case 11 -> "CUBLAS_STATUS_MAPPING_ERROR";
      case 13 -> "CUBLAS_STATUS_EXECUTION_FAILED";
      case 14 -> "CUBLAS_STATUS_INTERNAL_ERROR";
      case 15 -> "CUBLAS_STATUS_NOT_SUPPORTED";
      case 16 -> "CUBLAS_STATUS_LICENSE_ERROR";
      default -> "a status that is not known";
    };
  }
}
