package io.lariat.cuda;

import java.util.Arrays;
import java.util.Locale;

/**
 * The kernels: those of {@code src/main/cuda/list.cuh}, in that order, and the one that runs a
 * program of them. Each is called by its name here in lower case.
 */
enum Kernel {
  GATHER_ROWS(Use.OPERATION, Pool.SUMS),
  SCATTER_ROWS(Use.OPERATION, Pool.SUMS),
  DROPOUT(Use.OPERATION, Pool.SUMS),
  COUNT_ZEROS(Use.OPERATION, Pool.SUMS),
  SUM_ROWS(Use.OPERATION, Pool.SUMS),
  ACTIVATE(Use.OPERATION, Pool.SUMS),
  ACTIVATE_GRAD(Use.OPERATION, Pool.SUMS),
  SOFTMAX(Use.OPERATION, Pool.SUMS),
  SOFTMAX_GRAD(Use.OPERATION, Pool.SUMS),
  SMALL_PRODUCT_AB(Use.OPERATION, Pool.SMALL_PRODUCT),
  SMALL_PRODUCT_ATB(Use.OPERATION, Pool.SMALL_PRODUCT),
  SMALL_PRODUCT_ABT(Use.OPERATION, Pool.SMALL_PRODUCT),
  LARGE_PRODUCT_AB(Use.ALONE, Pool.LARGE_PRODUCT),
  LARGE_PRODUCT_ATB(Use.ALONE, Pool.LARGE_PRODUCT),
  LARGE_PRODUCT_ABT(Use.ALONE, Pool.LARGE_PRODUCT),
  SPARSE_PRODUCT(Use.OPERATION, Pool.SUMS),
  LOSS(Use.OPERATION, Pool.SUMS),
  UPDATE(Use.OPERATION, Pool.SUMS),
  SHRINK_ROWS(Use.OPERATION, Pool.SUMS),
  GROUP_PENALTY(Use.OPERATION, Pool.SUMS),
  GROUP_UPDATE(Use.OPERATION, Pool.SUMS),
  RUN_PROGRAM(Use.ALONE, Pool.SMALL_PRODUCT);

  /** Threads of a block, in all kernels. */
  static final int THREADS = 256;

  /** Threads of a warp. */
  static final int LANES = 32;

  /** Warps of a block. */
  static final int WARPS = THREADS / LANES;

  private final Use use;
  private final int pool;

  private enum Use {
    /** May be a step of a program. */
    OPERATION,
    /** Is only launched by itself. */
    ALONE
  }

  /** Floats of shared memory that a block needs. */
  private static final class Pool {
    /** One for each thread. */
    static final int SUMS = 256;

    /** For each warp 16 rows of 17 and of 33 floats. */
    static final int SMALL_PRODUCT = 8 * 16 * (17 + 33);

    /** Twice 16 rows of 68 floats. */
    static final int LARGE_PRODUCT = 2 * 16 * 68;
  }

  Kernel(Use use, int pool) {
    this.use = use;
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
    return use == Use.OPERATION;
  }

  /** What {@link #RUN_PROGRAM} knows it by: its place among those that may be steps. */
  int code() {
    if (!isProgrammable()) {
      throw new IllegalStateException(symbol() + ": no step of a program");
    }
    return Arrays.stream(values()).filter(Kernel::isProgrammable).toList().indexOf(this);
  }
}
