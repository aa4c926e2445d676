package io.lariat.simd.machine;

import io.lariat.backend.Matrix;
import io.lariat.backend.Storage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A block of native memory, aligned to a cache line and padded by at least one vector, from {@link
 * SpareMemory}.
 *
 * <p>Segments of an arena were measured as fast as raw addresses in the matrix kernels, need no
 * {@code --enable-native-access}, and the JVM itself guarantees that nothing outside is ever
 * touched. All arenas are shared ones: workers must reach them.
 */
public final class SimdStorage implements Storage {

  /** Bytes in a cache line and in the widest vector. */
  static final long ALIGNMENT = 64;

  private final Ownership owner;
  private final long length;
  private final SpareMemory.Block block;
  private final MemorySegment memory;
  private volatile boolean closed;

  /** Allocates {@code length} floats, all zero. */
  SimdStorage(Ownership owner, long length) {
    this.owner = owner;
    this.length = length;
    this.block = owner.spare().take(bytes(length));
    this.memory = block.memory();
  }

  /** Bytes for {@code items} of four bytes each and a vector behind the last. */
  private static long bytes(long items) {
    long bytes = Math.multiplyExact(items, Lanes.FLOAT);
    return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT + ALIGNMENT;
  }

  /** {@code items} of four bytes each, zeroed, with room for a vector behind the last. */
  public static MemorySegment allocate(Arena arena, long items) {
    return arena.allocate(bytes(items), ALIGNMENT);
  }

  /** The memory behind a matrix whose ownership has been checked. */
  public static MemorySegment memory(Matrix matrix) {
    return ((SimdStorage) matrix.storage()).memory;
  }

  /** Where in {@link #memory} a matrix begins, in bytes. */
  public static long at(Matrix matrix) {
    return matrix.offset() * Lanes.FLOAT;
  }

  /** All of it, the padding included. */
  MemorySegment memory() {
    return memory;
  }

  @Override
  public long length() {
    return length;
  }

  Ownership owner() {
    return owner;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    if (owner.forget(this)) {
      giveBack();
    }
  }

  /** Gives the memory back; the backend calls this once. */
  public void giveBack() {
    closed = true;
    owner.spare().giveBack(block);
  }
}
