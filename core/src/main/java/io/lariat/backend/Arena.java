package io.lariat.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The scope of backend memory: what is allocated through it is freed as a whole, so nothing is left
 * behind where one of several allocations fails. One owner's, on one thread at a time.
 *
 * <pre>{@code
 * try (Arena arena = backend.arena()) {
 *   Matrix x = arena.matrix("x", 128, 30);
 *   ...
 * }
 * }</pre>
 *
 * <p>Each call that allocates fails as the {@link Backend}'s own does, and with an {@link
 * IllegalStateException} once this arena is closed.
 */
public final class Arena implements AutoCloseable {

  /** Something to free. */
  private record Owned(Object what, Runnable freeing) {}

  private final Backend backend;
  private final List<Owned> owned = new ArrayList<>();
  private boolean closed;

  /** Nothing yet; {@link Backend#arena} makes it. */
  Arena(Backend backend) {
    this.backend = backend;
  }

  /**
   * Makes the owner of all that is allocated here, which is to close this arena when it is closed
   * itself. If it cannot be made, everything is freed.
   */
  public <T> T ownedBy(Function<Arena, T> constructor) {
    try {
      return constructor.apply(this);
    } catch (RuntimeException | Error e) {
      try {
        close();
      } catch (RuntimeException more) {
        e.addSuppressed(more);
      }
      throw e;
    }
  }

  /** {@link Backend#allocate}. */
  public Storage floats(long count) {
    requireOpen();
    return add(backend.allocate(count));
  }

  /** {@link Backend#allocateData}. */
  public Storage data(long floats) {
    requireOpen();
    return add(backend.allocateData(floats));
  }

  private Storage add(Storage storage) {
    owned.add(new Owned(storage, storage::close));
    return storage;
  }

  /** {@link Backend#allocateIndices}. */
  public Indices indices(int length) {
    requireOpen();
    Indices indices = backend.allocateIndices(length);
    owned.add(new Owned(indices, indices::close));
    return indices;
  }

  /** Indices with the first {@code length} of these values. */
  public Indices indices(int[] values, int length) {
    Indices indices = indices(length);
    backend.write(values, 0, indices);
    return indices;
  }

  /** A matrix of zeros over a storage of its own. */
  public Matrix matrix(String name, int rows, int cols) {
    return Matrix.of(name, floats((long) rows * cols), rows, cols);
  }

  /** A matrix with the first {@code rows * cols} of these values, row by row. */
  public Matrix matrix(String name, float[] values, int rows, int cols) {
    Matrix matrix = matrix(name, rows, cols);
    backend.write(values, 0, matrix);
    return matrix;
  }

  /** {@link Backend#record}. */
  public Recording record(Runnable step) {
    requireOpen();
    Recording recording = backend.record(step);
    owned.add(new Owned(recording, recording::close));
    return recording;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this arena is closed; what it had is freed");
    }
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
    throw new IllegalArgumentException("free: this is not of this arena, or freed before");
  }

  /**
   * Frees all, what came last first; what fails to be freed does not keep the rest. Closing twice
   * does nothing.
   */
  @Override
  public void close() {
    closed = true;
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
