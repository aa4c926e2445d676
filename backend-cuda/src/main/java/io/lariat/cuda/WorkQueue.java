package io.lariat.cuda;

import io.lariat.cuda.driver.Blas;
import io.lariat.cuda.driver.Driver;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Queues kernels, products and copies on the lane in force. While a step is recorded they are not
 * run but become the graph's nodes, and {@link Recorder} takes note of them.
 */
final class WorkQueue {
  /** Blocks of a launch, for each multiprocessor; more tiles than that take turns. */
  private static final long BLOCKS_EACH = 32;

  private final Session session;
  private final long mostBlocks;
  private Lane lane;
  private @Nullable Recorder recorder;

  WorkQueue(Session session) {
    this.session = session;
    lane = session.main();
    mostBlocks = BLOCKS_EACH * session.device().multiprocessors();
  }

  /** What the work queued next may use for itself. */
  Lane lane() {
    return lane;
  }

  /** Launches a kernel that has so many tiles, one for each block. */
  void launch(Kernel kernel, long tiles, Arguments arguments) {
    if (recorder != null) {
      recorder.kernel(kernel, tiles, arguments);
    }
    session
        .driver()
        .launch(
            session.function(kernel),
            (int) Math.min(tiles, mostBlocks),
            Kernel.THREADS,
            kernel.sharedBytes(),
            lane.stream(),
            arguments.memory());
  }

  /** The cuBLAS for a product that is queued next; there must be one. */
  Blas blas() {
    if (recorder != null) {
      recorder.other();
    }
    session.driver();
    return Objects.requireNonNull(lane.blas());
  }

  /** Copies memory of the device or, where it is said to be far, of the host. */
  void copy(long from, boolean fromFar, long to, boolean toFar, long bytes) {
    if (recorder != null) {
      recorder.other();
    }
    if (fromFar) {
      session.driver().copyToDevice(from, to, bytes, lane.stream());
    } else if (toFar) {
      session.driver().copyToHost(from, to, bytes, lane.stream());
    } else {
      session.driver().copyOnDevice(from, to, bytes, lane.stream());
    }
  }

  /** Takes note of memory that the work queued next uses. */
  void uses(CudaStorage storage) {
    if (recorder != null) {
      recorder.storage(storage);
    }
  }

  /** Whether a step is being recorded. */
  boolean isRecording() {
    return recorder != null;
  }

  /** Queues both: one after the other, or while recording side by side. */
  void together(Runnable first, Runnable second) {
    Lane side = session.side();
    if (recorder == null || lane == side || recorder.isSplit()) {
      first.run();
      second.run();
      return;
    }
    Driver driver = session.driver();
    Lane main = lane;
    driver.record(main.event(), main.stream());
    driver.await(main.event(), side.stream());
    recorder.split(
        first,
        () -> {
          lane = side;
          try {
            second.run();
          } finally {
            lane = main;
          }
        });
    driver.record(side.event(), side.stream());
    driver.await(side.event(), main.stream());
  }

  /** What {@code step} queues, as a graph and as a list; nothing of it is run. */
  Recorder.Recorded record(Runnable step) {
    if (recorder != null) {
      throw new IllegalStateException("a step that is being recorded cannot record another");
    }
    Driver driver = session.driver();
    Recorder noted = new Recorder();
    driver.beginCapture(lane.stream());
    recorder = noted;
    try {
      step.run();
    } catch (Throwable e) {
      driver.abandonCapture(session.main().stream());
      throw e;
    } finally {
      recorder = null;
    }
    return noted.end(driver.endCapture(lane.stream()));
  }
}
