package io.lariat.cli;

import io.lariat.train.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C: asks the training to end and keeps the JVM alive until the command has written what there
 * is. The JVM then exits with 130 (128 + SIGINT), whatever the command returns.
 */
final class Interrupt implements AutoCloseable {
  /** What a command returns that was told to stop. */
  static final int EXIT_CODE = 130;

  private static final int PATIENCE_SECONDS = 60;

  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch finished = new CountDownLatch(1);
  private @Nullable Thread hook;

  /** From now on the JVM waits for {@link #close}; before, it ends at once. */
  void arm() {
    if (hook == null) {
      Thread thread = new Thread(this::await, "lariat-interrupt");
      hook = thread;
      Runtime.getRuntime().addShutdownHook(thread);
    }
  }

  private void await() {
    cancellation.cancel();
    try {
      var _ = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Is cancelled by Ctrl-C. */
  Cancellation cancellation() {
    return cancellation;
  }

  /** All is written and said. */
  @Override
  public void close() {
    finished.countDown();
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        return; // the JVM is ending, which is what the hook is for
      }
      hook = null;
    }
  }
}
