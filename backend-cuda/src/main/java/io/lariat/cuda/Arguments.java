package io.lariat.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The one parameter of a kernel, a struct, filled field by field in the order of its declaration
 * and aligned as C does. Nested structs are filled in place; their size must be a multiple of their
 * alignment, as it is for those in {@code src/main/cuda}.
 */
final class Arguments {
  /** More than any kernel's struct has. */
  static final int ROOM = 256;

  private final MemorySegment memory;
  private long size;

  Arguments(Arena arena) {
    memory = arena.allocate(ROOM, Long.BYTES);
  }

  /** Begins a new struct. */
  Arguments begin() {
    memory.fill((byte) 0); // the padding too, so that equal arguments are equal bytes
    size = 0;
    return this;
  }

  /** An address, or 0 for a null pointer. */
  Arguments pointer(long address) {
    return number(address);
  }

  /** A {@code long long}. */
  Arguments number(long value) {
    size = (size + Long.BYTES - 1) & -Long.BYTES;
    memory.set(ValueLayout.JAVA_LONG, size, value);
    size += Long.BYTES;
    return this;
  }

  /** An {@code int}. */
  Arguments integer(int value) {
    memory.set(ValueLayout.JAVA_INT, size, value);
    size += Integer.BYTES;
    return this;
  }

  /** An {@code int}, 1 or 0. */
  Arguments truth(boolean value) {
    return integer(value ? 1 : 0);
  }

  /** A {@code float}. */
  Arguments real(double value) {
    memory.set(ValueLayout.JAVA_FLOAT, size, (float) value);
    size += Float.BYTES;
    return this;
  }

  /** The bytes filled so far. */
  MemorySegment memory() {
    return memory.asSlice(0, size);
  }
}
