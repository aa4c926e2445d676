package io.lariat.simd.products;

import java.lang.foreign.MemorySegment;

/**
 * What all tiles of a panel have in common. The kernels in {@link TilesFour}, {@link TilesThree},
 * {@link TilesTwo} and {@link TilesOne} read these once, before their loop. One per thread, set up
 * anew for each panel.
 *
 * <p>All positions and strides are bytes.
 */
final class Operands {
  /** The left operand: element (i, k) is at {@code a + i * aRow + k * aStep}. */
  MemorySegment a;

  long aRow;
  long aStep;

  /** The right operand: row k of the panel is at {@code bAt + k * bStep}. */
  MemorySegment b;

  long bAt;
  long bStep;

  /** What the accumulators of each row start from: zeros or the panel's part of a bias. */
  MemorySegment start;

  long startAt;

  /** The result, whole vectors of it: in place, or in scratch memory. */
  MemorySegment c;

  long cRow;

  /** How many products each element adds up. */
  int depth;

  /** Starts with nothing but {@code memory} in every place. */
  Operands(MemorySegment memory) {
    a = memory;
    b = memory;
    start = memory;
    c = memory;
  }
}
