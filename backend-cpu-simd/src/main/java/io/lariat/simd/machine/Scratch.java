package io.lariat.simd.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Native memory of one thread, for what an operation needs in passing. */
public final class Scratch {

  /** How many floats the two buffers of {@link #FIRST} and {@link #SECOND} hold each. */
  public static final int BUFFER_FLOATS = 1024;

  /** Byte offset of room for one vector, to add up its lanes. */
  public static final long LANES = 0;

  /** Byte offset of a buffer of {@link #BUFFER_FLOATS} floats. */
  public static final long FIRST = 64;

  /**
   * Byte offset of another. Half a page further than need be: a processor takes a load for
   * dependent on an earlier store where the low 12 bits of the addresses agree, and a loop that
   * reads one buffer and writes the other may stall in every turn.
   */
  public static final long SECOND = FIRST + BUFFER_FLOATS * Lanes.FLOAT + 2048;

  /** Byte offset of what lies behind the buffers, for the operations that need more. */
  public static final long MORE = SECOND + BUFFER_FLOATS * Lanes.FLOAT + 64;

  /** All of it. */
  public final MemorySegment memory;

  /**
   * Allocates in {@code arena}, which is a shared one, as all memory here: see {@link Lanes}.
   *
   * @param more how many bytes there are from {@link #MORE} on
   */
  public Scratch(Arena arena, long more) {
    memory = arena.allocate(MORE + more, SimdStorage.ALIGNMENT);
  }
}
