package io.lariat.simd;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Native memory of one thread, for what an operation needs in passing. */
final class Scratch {

  /** How many floats the two buffers of {@link #FIRST} and {@link #SECOND} hold each. */
  static final int BUFFER_FLOATS = 1024;

  /** Byte offset of room for one vector, to add up its lanes. */
  static final long LANES = 0;

  /** Byte offset of a buffer of {@link #BUFFER_FLOATS} floats. */
  static final long FIRST = 64;

  /**
   * Byte offset of another. Half a page further than need be: a processor takes a load for
   * dependent on an earlier store where the low 12 bits of the addresses agree, and a loop that
   * reads one buffer and writes the other may stall in every turn.
   */
  static final long SECOND = FIRST + BUFFER_FLOATS * Lanes.FLOAT + 2048;

  /** Byte offset of a matrix product's unfinished rows. */
  static final long UNFINISHED = SECOND + BUFFER_FLOATS * Lanes.FLOAT + 64;

  /** Byte offset of the panel of the right operand that a matrix product packs. */
  static final long PANEL = UNFINISHED + Panels.UNFINISHED_BYTES;

  /** Byte offset of the packed strips of the left operand, the last things in here. */
  static final long STRIPS = PANEL + Panels.PACKED_BYTES;

  /** All of it. */
  final MemorySegment memory;

  /** Allocates in {@code arena}, which is a shared one, as all memory here: see {@link Lanes}. */
  Scratch(Arena arena) {
    memory =
        arena.allocate(STRIPS + MatrixProduct.STRIPS * Panels.PACKED_BYTES, SimdStorage.ALIGNMENT);
  }
}
