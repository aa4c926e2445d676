package io.lariat.reference;

import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The memory of one {@link ReferenceBackend}: what it allocated and whether it is alive. */
final class HeapMemory {
  /** The longest array that every JVM can make. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private final String backend;
  private final Set<HeapStorage> storages = new HashSet<>();
  private boolean closed;

  HeapMemory(String backend) {
    this.backend = backend;
  }

  HeapStorage allocate(long floats) {
    requireLength("allocate", floats, "floats");
    requireOpen();
    HeapStorage storage = new HeapStorage(this, (int) floats);
    storages.add(storage);
    return storage;
  }

  HeapIndices allocateIndices(int length) {
    requireLength("allocateIndices", length, "ints");
    requireOpen();
    return new HeapIndices(this, length);
  }

  private static void requireLength(String operation, long length, String unit) {
    if (length < 1 || length > LONGEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s: expected 1 to %d %s, found %d", operation, LONGEST, unit, length));
    }
  }

  /** The elements of {@code m}, once it is seen to be in this memory, and alive. */
  View view(Matrix m) {
    return new View(own(m).floats(), (int) m.offset(), m.rows(), m.cols());
  }

  /** The storage of {@code m}, once it is seen to be in this memory, and alive. */
  HeapStorage own(Matrix m) {
    requireOpen();
    if (!(m.storage() instanceof HeapStorage storage) || storage.owner() != this) {
      throw foreign(m.describe());
    }
    if (storage.isClosed()) {
      throw new IllegalStateException(m.describe() + ": its storage is closed");
    }
    return storage;
  }

  /** The same of indices. */
  HeapIndices own(Indices indices) {
    requireOpen();
    if (!(indices instanceof HeapIndices heap) || heap.owner() != this) {
      throw foreign("indices [" + indices.length() + "]");
    }
    if (heap.isClosed()) {
      throw new IllegalStateException("indices [" + heap.length() + "]: they are closed");
    }
    return heap;
  }

  private IllegalArgumentException foreign(String what) {
    return new IllegalArgumentException(
        what + ": expected memory that this " + backend + " backend allocated, found another's");
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the " + backend + " backend is closed");
    }
  }

  void forget(HeapStorage storage) {
    storages.remove(storage);
  }

  void close() {
    closed = true;
    List.copyOf(storages).forEach(HeapStorage::close);
  }
}
