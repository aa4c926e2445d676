package io.lariat.cuda;

import java.util.Locale;

/** The kernels of {@code src/main/cuda/kernels.cu}, each called by its name here in lower case. */
enum Kernel {
  GATHER_ROWS(0, Pool.SUMS),
  SCATTER_ROWS(1, Pool.SUMS),
  DROPOUT(2, Pool.SUMS),
  COUNT_ZEROS(3, Pool.SUMS),
  SUM_ROWS(4, Pool.SUMS),
  ACTIVATE(5, Pool.SUMS),
  ACTIVATE_GRAD(6, Pool.SUMS),
  SOFTMAX(7, Pool.SUMS),
  SOFTMAX_GRAD(8, Pool.SUMS),
  SMALL_PRODUCT_AB(9, Pool.SMALL_PRODUCT),
  SMALL_PRODUCT_ATB(10, Pool.SMALL_PRODUCT),
  SMALL_PRODUCT_ABT(11, Pool.SMALL_PRODUCT),
  SPARSE_PRODUCT(12, Pool.SUMS),
  LOSS(13, Pool.SUMS),
  UPDATE(14, Pool.SUMS),
  SHRINK_ROWS(15, Pool.SUMS),
  GROUP_PENALTY(16, Pool.SUMS),
  GROUP_UPDATE(17, Pool.SUMS),
  LARGE_PRODUCT_AB(Pool.LARGE_PRODUCT),
  LARGE_PRODUCT_ATB(Pool.LARGE_PRODUCT),
  LARGE_PRODUCT_ABT(Pool.LARGE_PRODUCT),
  RUN_PROGRAM(Pool.SMALL_PRODUCT);

  /** Threads of a block, in all kernels. */
  static final int THREADS = 256;

  /** Threads of a warp. */
  static final int LANES = 32;

  /** Warps of a block. */
  static final int WARPS = THREADS / LANES;

  private static final int NO_CODE = -1;

  private final int code;
  private final int pool;

  /** Floats of shared memory that a block needs. */
  private static final class Pool {
    /** One for each thread. */
    static final int SUMS = 256;

    /** For each warp 16 rows of 17 and of 33 floats. */
    static final int SMALL_PRODUCT = 8 * 16 * (17 + 33);

    /** Twice 16 rows of 68 floats. */
    static final int LARGE_PRODUCT = 2 * 16 * 68;
  }

  Kernel(int pool) {
    this(NO_CODE, pool);
  }

  Kernel(int code, int pool) {
    this.code = code;
    this.pool = pool;
  }

  /** What it is called in the source. */
  String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Bytes of shared memory that a block needs. */
  int sharedBytes() {
    return pool * Float.BYTES;
  }

  /** Whether it may be a step of a {@link #RUN_PROGRAM}. */
  boolean isProgrammable() {
    return code != NO_CODE;
  }

  /** What {@link #RUN_PROGRAM} knows it by: {@code enum Operation} in kernels.cu. */
  int code() {
    if (!isProgrammable()) {
      throw new IllegalStateException(symbol() + ": no step of a program");
    }
    return code;
  }
}
