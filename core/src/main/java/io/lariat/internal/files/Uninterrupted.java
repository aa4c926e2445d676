package io.lariat.internal.files;

import java.io.IOException;

/**
 * File operations on a thread that is interrupted: a channel that such a thread uses is closed at
 * once, so that what a cancelled training has learnt could not be saved by its own thread. The
 * interrupt is put aside while they run. One that comes meanwhile still ends them.
 */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** What is done with files. */
  @FunctionalInterface
  public interface Operation<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /** Runs {@code operation}; afterwards the thread is interrupted if it was before. */
  public static <T> T run(Operation<T> operation) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return operation.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
