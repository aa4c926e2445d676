package io.lariat.cuda;

import java.util.Locale;

/**
 * The kernels of {@code src/main/cuda/kernels.cu}, each called by its name here in lower case.
 * Those before {@link #LARGE_PRODUCT_AB} may be steps of a {@link #RUN_PROGRAM}, which knows them
 * by their ordinal.
 */
enum Kernel {
  GATHER_ROWS,
  SCATTER_ROWS,
  DROPOUT,
  COUNT_ZEROS,
  SUM_ROWS,
  ACTIVATE,
  ACTIVATE_GRAD,
  SOFTMAX,
  SOFTMAX_GRAD,
  SMALL_PRODUCT_AB(6400),
  SMALL_PRODUCT_ATB(6400),
  SMALL_PRODUCT_ABT(6400),
  SPARSE_PRODUCT,
  LOSS,
  UPDATE,
  SHRINK_ROWS,
  GROUP_PENALTY,
  GROUP_UPDATE,
  LARGE_PRODUCT_AB(2176),
  LARGE_PRODUCT_ATB(2176),
  LARGE_PRODUCT_ABT(2176),
  RUN_PROGRAM(6400);

  /** Threads of a block, in all kernels. */
  static final int THREADS = 256;

  /** Threads of a warp. */
  static final int LANES = 32;

  /** Warps of a block. */
  static final int WARPS = THREADS / LANES;

  private final int pool;

  /** A float of shared memory for each thread, for sums. */
  Kernel() {
    this(THREADS);
  }

  /** {@code pool} floats of shared memory. */
  Kernel(int pool) {
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

  /** What {@link #RUN_PROGRAM} knows it by. */
  int code() {
    return ordinal();
  }

  /** Whether it may be a step of a program. */
  boolean isProgrammable() {
    return ordinal() < LARGE_PRODUCT_AB.ordinal();
  }
}
