package io.lariat.cuda;

import io.lariat.cuda.driver.Blas;
import io.lariat.cuda.driver.Driver;
import org.jspecify.annotations.Nullable;

/**
 * A stream with what work on it needs for itself: room for the parts of sums, and cuBLAS. Work of
 * two lanes may run at once.
 */
final class Lane implements AutoCloseable {
  /** Parts of a sum over a whole matrix, doubles. */
  static final int PARTIALS = 1 << 16;

  /** Parts of sums over columns, floats. */
  static final int COLUMN_PARTIALS = 1 << 20;

  /** Counters of blocks that have arrived, ints; the kernels leave them at 0. */
  static final int ARRIVALS = 1 << 12;

  private static final long PARTIALS_BYTES = (long) PARTIALS * Double.BYTES;
  private static final long COLUMN_BYTES = (long) COLUMN_PARTIALS * Float.BYTES;
  private static final long ARRIVALS_BYTES = (long) ARRIVALS * Integer.BYTES;

  /** Arrivals and generation of the barrier of a program. */
  private static final long BARRIER_BYTES = 2L * Integer.BYTES;

  private static final long SCRATCH_BYTES =
      PARTIALS_BYTES + COLUMN_BYTES + ARRIVALS_BYTES + BARRIER_BYTES;

  /** What NVIDIA recommends for Hopper, and for the others (cuBLAS, cublasSetWorkspace). */
  private static final long WORKSPACE_HOPPER = 32L << 20;

  private static final long WORKSPACE = 4L << 20;

  private final Driver driver;
  private final Driver.Stream stream;
  private final Driver.Event event;
  private final long memory;
  private final long scratch;
  private final @Nullable Blas blas;

  private Lane(
      Driver driver,
      Driver.Stream stream,
      Driver.Event event,
      long memory,
      long scratch,
      @Nullable Blas blas) {
    this.driver = driver;
    this.stream = stream;
    this.event = event;
    this.memory = memory;
    this.scratch = scratch;
    this.blas = blas;
  }

  /** Opens one on a device of this compute capability; leaves nothing behind if that fails. */
  static Lane open(Driver driver, Blas.@Nullable Opener opener, int capability, boolean tf32) {
    long workspace = opener == null ? 0 : capability >= 9 ? WORKSPACE_HOPPER : WORKSPACE;
    // the workspace first, as it wants the alignment of an allocation
    long memory = driver.allocate(workspace + SCRATCH_BYTES);
    long scratch = memory + workspace;
    Driver.Stream stream = null;
    Driver.Event event = null;
    try {
      stream = driver.createStream();
      event = driver.createEvent(false);
      driver.setZero(scratch, SCRATCH_BYTES / Integer.BYTES, stream);
      Blas blas = opener == null ? null : opener.open(stream, memory, workspace, tf32);
      return new Lane(driver, stream, event, memory, scratch, blas);
    } catch (RuntimeException e) {
      if (event != null) {
        driver.destroy(event);
      }
      if (stream != null) {
        driver.destroy(stream);
      }
      driver.free(memory);
      throw e;
    }
  }

  Driver.Stream stream() {
    return stream;
  }

  /** For waiting between lanes. */
  Driver.Event event() {
    return event;
  }

  /** cuBLAS on this stream; null if there is none. */
  @Nullable Blas blas() {
    return blas;
  }

  long partials() {
    return scratch;
  }

  long columnPartials() {
    return scratch + PARTIALS_BYTES;
  }

  long arrivals() {
    return scratch + PARTIALS_BYTES + COLUMN_BYTES;
  }

  long barrier() {
    return scratch + PARTIALS_BYTES + COLUMN_BYTES + ARRIVALS_BYTES;
  }

  @Override
  public void close() {
    if (blas != null) {
      blas.close();
    }
    driver.free(memory);
    driver.destroy(event);
    driver.destroy(stream);
  }
}
