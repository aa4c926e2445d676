package io.lariat.cuda;

import io.lariat.backend.DeviceException;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Storage;
import io.lariat.cuda.driver.DriverException;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The storages of one backend: what is its own, what is still alive, and where it lies. */
final class DeviceMemory {
  /** Device memory that a data set leaves to what is computed with it: this, or a tenth of it. */
  private static final long LEAST_RESERVE = 512L << 20;

  private final String backend;
  private final Session session;
  private final Set<CudaStorage> storages = new HashSet<>();
  private volatile boolean closed;
  private final AtomicInteger closings = new AtomicInteger();

  /**
   * With no storage yet.
   *
   * @param backend the backend's name, for messages
   */
  DeviceMemory(String backend, Session session) {
    this.backend = backend;
    this.session = session;
  }

  /** Allocates {@code items} of four bytes each on the device, all zero. */
  CudaStorage allocate(long items) {
    requireOpen();
    long bytes = Math.multiplyExact(items, Float.BYTES);
    long address;
    try {
      address = session.driver().allocate(bytes);
    } catch (DriverException e) {
      throw e.isOutOfMemory() ? noRoom(bytes, e) : e;
    }
    CudaStorage storage = add(new CudaStorage(this, items, address, null));
    session.driver().setZero(address, items, session.main().stream());
    return storage;
  }

  private DeviceException noRoom(long bytes, DriverException e) {
    return new DeviceException(
        String.format(
            Locale.ROOT,
            "the GPU has no room for %s more: %s of its %s are free; make the batch or the network"
                + " smaller, end what else uses the GPU, or choose the backend simd",
            Bytes.text(bytes),
            Bytes.text(session.driver().freeMemory()),
            Bytes.text(session.device().memory())),
        e);
  }

  /** The same for a data set: in the host's memory if the device has too little of its own. */
  CudaStorage allocateData(long items) {
    requireOpen();
    long bytes = Math.multiplyExact(items, Float.BYTES);
    long reserve = Math.max(LEAST_RESERVE, session.device().memory() / 10);
    if (bytes <= session.driver().freeMemory() - reserve) {
      return allocate(items);
    }
    MemorySegment host;
    try {
      host = session.driver().allocatePinned(bytes);
    } catch (DriverException e) {
      throw new DeviceException(
          String.format(
              Locale.ROOT,
              "the data needs %s, for which neither the GPU nor the machine's page-locked memory"
                  + " has room; take fewer rows or columns, or choose the backend simd",
              Bytes.text(bytes)),
          e);
    }
    return add(new CudaStorage(this, items, host.address(), host));
  }

  private CudaStorage add(CudaStorage storage) {
    synchronized (storages) {
      storages.add(storage);
    }
    return storage;
  }

  /** Takes a storage off the list; whether it was on it. */
  boolean forget(CudaStorage storage) {
    synchronized (storages) {
      return storages.remove(storage);
    }
  }

  /** Gives its memory back, after the work that may use it. */
  void free(CudaStorage storage) {
    closings.incrementAndGet();
    session.free(() -> giveBack(storage));
  }

  private void giveBack(CudaStorage storage) {
    @Nullable MemorySegment host = storage.host();
    if (host == null) {
      session.driver().free(storage.address());
      return;
    }
    session.driver().synchronize(session.main().stream());
    session.driver().freePinned(host);
  }

  /** A number that changes with every storage that is freed. */
  int closings() {
    return closings.get();
  }

  /** Fails after {@link #close}. */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the " + backend + " backend is closed");
    }
  }

  /** The storage of a matrix; fails if it is another backend's or closed. */
  CudaStorage own(Matrix m) {
    requireOpen();
    if (!(m.storage() instanceof CudaStorage storage) || storage.owner() != this) {
      throw foreign(m.describe(), m.storage());
    }
    if (storage.isClosed()) {
      throw new IllegalStateException(m.describe() + ": its storage is closed");
    }
    return storage;
  }

  /** The same for indices. */
  CudaIndices own(Indices indices) {
    requireOpen();
    if (!(indices instanceof CudaIndices own) || own.storage().owner() != this) {
      throw foreign("indices [" + indices.length() + "]", indices);
    }
    if (own.storage().isClosed()) {
      throw new IllegalStateException("indices [" + indices.length() + "]: they are closed");
    }
    return own;
  }

  private IllegalArgumentException foreign(String what, Object found) {
    boolean isCuda =
        found instanceof Storage s ? s instanceof CudaStorage : found instanceof CudaIndices;
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: expected memory that this %s backend allocated, found %s of another %s",
            what,
            backend,
            found.getClass().getSimpleName(),
            isCuda ? backend + " backend" : "backend"));
  }

  /** Frees all that is left. */
  void close() {
    closed = true;
    List<CudaStorage> open;
    synchronized (storages) {
      open = List.copyOf(storages);
      storages.clear();
    }
    for (CudaStorage storage : open) {
      storage.markClosed();
      free(storage);
    }
  }
}
