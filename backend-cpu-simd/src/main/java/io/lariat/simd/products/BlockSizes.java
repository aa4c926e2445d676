package io.lariat.simd.products;

import static io.lariat.simd.machine.Lanes.BYTES;
import static io.lariat.simd.machine.Lanes.COUNT;

import io.lariat.simd.machine.Scratch;

/**
 * The blocks that a {@link MatrixProduct} is cut into, so that they stay in the caches, and where
 * in a thread's {@link Scratch} it keeps them. Positions are bytes.
 */
public final class BlockSizes {

  /**
   * The depth of a block. A panel of this depth is 256 KB at 512 bits and stays in the second-level
   * cache while all rows of A pass by. Part of the result's definition: each block is summed by
   * itself, whatever the threads.
   */
  public static final int DEPTH = 1024;

  /** Rows that are computed into scratch memory at a time: a multiple of 4, 5, 6 and 8, 30 KB. */
  static final int FINISHED_ROWS = 120;

  /** The width of the widest panel, and of the strips that the left operand is packed in. */
  public static final int WIDTH = Tiles.MAX_VECTORS * COUNT;

  /** How many strips of A' are packed at a time, 2 MB; each panel of B is packed anew for them. */
  static final int STRIPS = 8;

  /** The room that a packed panel needs, with a vector to read into behind it. */
  static final long PACKED_BYTES = (DEPTH * (long) Tiles.MAX_VECTORS + 1) * BYTES;

  /** Where the unfinished rows are. */
  static final long UNFINISHED_AT = Scratch.MORE;

  /** Where the packed panel of the right operand is. */
  static final long PANEL_AT = UNFINISHED_AT + FINISHED_ROWS * 4L * BYTES;

  /** Where the packed strips of the left operand are, the last things. */
  static final long STRIPS_AT = PANEL_AT + PACKED_BYTES;

  /** What a thread's scratch memory has to have from {@link Scratch#MORE} on. */
  public static final long SCRATCH_BYTES = STRIPS_AT + STRIPS * PACKED_BYTES - Scratch.MORE;

  private BlockSizes() {}
}
