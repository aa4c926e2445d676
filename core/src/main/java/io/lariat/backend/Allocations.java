package io.lariat.backend;

import java.util.ArrayList;
import java.util.List;

/**
 * What one owner has allocated on a backend, freed as a whole: nothing is left behind where one of
 * several allocations fails.
 *
 * <pre>{@code
 * try (Allocations memory = new Allocations(backend)) {
 *   Matrix x = memory.matrix("x", 128, 30);
 *   ...
 * }
 * }</pre>
 */
public final class Allocations implements AutoCloseable {

  /** Something to free. */
  private record Owned(Object what, Runnable freeing) {}

  private final Backend backend;
  private final List<Owned> owned = new ArrayList<>();

  /** Nothing yet. */
  public Allocations(Backend backend) {
    this.backend = backend;
  }

  /** {@link Backend#allocate}. */
  public Storage floats(long count) {
    return add(backend.allocate(count));
  }

  /** {@link Backend#allocateData}. */
  public Storage data(long floats) {
    return add(backend.allocateData(floats));
  }

  private Storage add(Storage storage) {
    owned.add(new Owned(storage, storage::close));
    return storage;
  }

  /** {@link Backend#allocateIndices}. */
  public Indices indices(int length) {
    Indices indices = backend.allocateIndices(length);
    owned.add(new Owned(indices, indices::close));
    return indices;
  }

  /** A matrix of zeros over a storage of its own. */
  public Matrix matrix(String name, int rows, int cols) {
    return Matrix.of(name, floats((long) rows * cols), rows, cols);
  }

  /** {@link Backend#record}. */
  public Recording record(Runnable step) {
    Recording recording = backend.record(step);
    owned.add(new Owned(recording, recording::close));
    return recording;
  }

  /** Frees a storage before all else. */
  public void free(Storage storage) {
    freeNow(storage);
  }

  /** Frees indices before all else. */
  public void free(Indices indices) {
    freeNow(indices);
  }

  @SuppressWarnings("ReferenceEquality") // the very object that was handed out
  private void freeNow(Object what) {
    for (int i = owned.size() - 1; i >= 0; i--) {
      if (owned.get(i).what() == what) {
        owned.remove(i).freeing().run();
        return;
      }
    }
    throw new IllegalArgumentException("free: this is none of these allocations, or freed before");
  }

  /** Frees all, what came last first; what fails to be freed does not keep the rest. */
  @Override
  public void close() {
    RuntimeException failure = null;
    for (Owned each : owned.reversed()) {
      try {
        each.freeing().run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    owned.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
