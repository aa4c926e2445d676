package io.lariat.simd.machine;

import io.lariat.backend.Indices;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/** Ints in a {@link SimdStorage}, which has four bytes an item either way; or a view of some. */
public final class SimdIndices implements Indices {

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  private final SimdStorage storage;
  private final MemorySegment memory;
  private final int from;
  private final int length;
  private final boolean view;

  private SimdIndices(
      SimdStorage storage, MemorySegment memory, int from, int length, boolean view) {
    this.storage = storage;
    this.memory = memory;
    this.from = from;
    this.length = length;
    this.view = view;
  }

  /** All of {@code storage}, as ints. */
  public static SimdIndices of(SimdStorage storage) {
    return new SimdIndices(storage, storage.memory(), 0, (int) storage.length(), false);
  }

  SimdStorage storage() {
    return storage;
  }

  /** The memory in which they lie, the first at byte {@link #at}. */
  public MemorySegment memory() {
    return memory;
  }

  /** The position of the first, in bytes. */
  public long at() {
    return from * Lanes.FLOAT;
  }

  /** Fails if they are closed. */
  public void requireOpen() {
    if (storage.isClosed()) {
      throw new IllegalStateException("indices [" + length + "]: they are closed");
    }
  }

  /** The int at {@code i}. */
  public int get(int i) {
    return Lanes.NATIVE.cast(memory).get(INT, (from + (long) i) * Lanes.FLOAT);
  }

  /** Copies all of this vector's ints from {@code source}. */
  public void write(int[] source, int sourceFrom) {
    MemorySegment.copy(source, sourceFrom, memory, INT, from * Lanes.FLOAT, length);
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public Indices range(int begin, int count) {
    if (begin < 0 || count < 1 || begin > length - count) {
      throw new IndexOutOfBoundsException(
          String.format(Locale.ROOT, "indices [%d]: %d from %d asked for", length, count, begin));
    }
    return new SimdIndices(storage, memory, from + begin, count, true);
  }

  @Override
  public void close() {
    if (!view) {
      storage.close();
    }
  }
}
