package io.lariat.simd.machine;

import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The storages of one backend: what is its own, what is still alive. */
public final class Ownership {
  private final String backend;
  private final Set<SimdStorage> storages = new HashSet<>();
  private final SpareMemory spare = new SpareMemory();
  private volatile boolean closed;

  /**
   * Starts with none.
   *
   * @param backend the backend's name, for messages
   */
  public Ownership(String backend) {
    this.backend = backend;
  }

  /** Where the memory comes from and goes to. */
  SpareMemory spare() {
    return spare;
  }

  /** Allocates {@code items} of four bytes each. */
  public SimdStorage allocate(long items) {
    synchronized (storages) {
      requireOpen();
      SimdStorage storage = new SimdStorage(this, items);
      storages.add(storage);
      return storage;
    }
  }

  /** Takes a storage off the list; whether it was on it. */
  boolean forget(SimdStorage storage) {
    synchronized (storages) {
      return storages.remove(storage);
    }
  }

  /** Whether the backend is. */
  public boolean isClosed() {
    return closed;
  }

  /** Fails after {@link #close}. */
  public void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the " + backend + " backend is closed");
    }
  }

  /** Fails if a matrix is of another backend or its storage is closed. */
  public void require(Matrix m) {
    requireOpen();
    if (!(m.storage() instanceof SimdStorage storage) || storage.owner() != this) {
      throw foreign(m.describe(), m.storage());
    }
    if (storage.isClosed()) {
      throw new IllegalStateException(m.describe() + ": its storage is closed");
    }
  }

  /** The same for indices. */
  public SimdIndices own(Indices indices) {
    requireOpen();
    if (!(indices instanceof SimdIndices own) || own.storage().owner() != this) {
      throw foreign("indices [" + indices.length() + "]", indices);
    }
    own.requireOpen();
    return own;
  }

  private IllegalArgumentException foreign(String what, Object found) {
    boolean isSimd = found instanceof SimdStorage || found instanceof SimdIndices;
    String other = isSimd ? "another " + backend + " backend" : "another backend";
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: expected memory that this %s backend allocated, found %s of %s",
            what,
            backend,
            found.getClass().getSimpleName(),
            other));
  }

  /** Forgets all storages; what is to be freed, empty if it was closed before. */
  public List<SimdStorage> close() {
    synchronized (storages) {
      closed = true;
      spare.close();
      List<SimdStorage> open = List.copyOf(storages);
      storages.clear();
      return open;
    }
  }
}
