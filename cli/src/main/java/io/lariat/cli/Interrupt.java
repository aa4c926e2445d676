package io.lariat.cli;

import io.lariat.train.Cancellation;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and whatever else asks the program to end: asks the training to end and keeps the JVM
 * alive until the command has written what there is. The JVM then exits with 130 (128 + SIGINT),
 * whatever the command returns.
 *
 * <p>While there is nothing yet that could be written, the program ends at once.
 */
final class Interrupt implements AutoCloseable {
  /** What a command returns that was told to stop. */
  static final int EXIT_CODE = 130;

  private static final int PATIENCE_SECONDS = 60;
  private static final int MOMENT_SECONDS = 5;

  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch finished = new CountDownLatch(1);

  /** Says that the program ends; null: the command says it itself, when it has written. */
  private final AtomicReference<@Nullable Runnable> farewell = new AtomicReference<>();

  private @Nullable Thread hook;

  /** What nobody else closes if the program ends at once. */
  private @Nullable OutputFolder held;

  /** Like {@link #arm()}; lets go of {@code folder} if the program ends at once. */
  void arm(OutputFolder folder) {
    held = folder;
    arm();
  }

  /** From now on the JVM waits for {@link #close}; before, it ends at once. */
  void arm() {
    if (hook == null) {
      Thread thread = new Thread(this::await, "lariat-interrupt");
      hook = thread;
      Runtime.getRuntime().addShutdownHook(thread);
    }
  }

  /**
   * Does {@code work} that leaves nothing to write, such as reading: it may wait for a pipe that
   * nothing comes from, so nobody waits for it. If the program is told to end meanwhile, it says
   * {@code sentence} on {@code err} and is gone.
   */
  <T> T endingAtOnce(PrintWriter err, String sentence, Supplier<T> work) {
    return ending(err, sentence, () -> {}, work);
  }

  /**
   * As {@link #endingAtOnce}, for work that has a file to let go of: its thread is interrupted, and
   * has a moment for that.
   */
  <T> T endingSoon(PrintWriter err, String sentence, Supplier<T> work) {
    Thread worker = Thread.currentThread();
    CountDownLatch released = new CountDownLatch(1);
    return ending(
        err,
        sentence,
        () -> {
          worker.interrupt(); // with which reading and writing files ends
          await(released, MOMENT_SECONDS);
        },
        () -> {
          try {
            return work.get();
          } finally {
            released.countDown();
          }
        });
  }

  private <T> T ending(PrintWriter err, String sentence, Runnable first, Supplier<T> work) {
    arm();
    Runnable said =
        () -> {
          first.run();
          err.println((Terminal.isInteractive() ? BarLine.ERASE : "") + "lariat: " + sentence);
          try {
            if (held != null) {
              held.close();
            }
          } catch (Failure e) {
            err.println("lariat: " + e.getMessage());
          }
          err.flush();
        };
    farewell.set(said);
    try {
      return work.get();
    } finally {
      if (!farewell.compareAndSet(said, null)) {
        waitForTheEnd(); // with nothing more to say
      }
    }
  }

  private static void waitForTheEnd() {
    while (true) {
      LockSupport.park();
      var _ = Thread.interrupted(); // or it would not wait
    }
  }

  private void await() {
    @Nullable Runnable said = farewell.getAndSet(null);
    if (said != null) {
      said.run();
      return;
    }
    cancellation.cancel();
    await(finished, PATIENCE_SECONDS);
  }

  private static void await(CountDownLatch latch, int seconds) {
    try {
      var _ = latch.await(seconds, TimeUnit.SECONDS);
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
