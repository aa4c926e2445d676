package io.lariat.cli.terminal;

import io.lariat.cli.words.Failure;
import io.lariat.cli.words.IoProblem;
import io.lariat.internal.files.AtomicFile;
import io.lariat.train.Cancellation;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
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
public final class Interrupt implements AutoCloseable {
  /** What a command returns that was told to stop. */
  public static final int EXIT_CODE = 130;

  private static final int PATIENCE_SECONDS = 60;

  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch finished = new CountDownLatch(1);

  /** Says that the program ends; null: the command says it itself, when it has written. */
  private final AtomicReference<@Nullable Runnable> farewell = new AtomicReference<>();

  private @Nullable Thread hook;

  /** What nobody else closes if the program ends at once. */
  private Runnable held = () -> {};

  /** Like {@link #arm()}; runs {@code letGo} if the program ends at once. */
  public void arm(Runnable letGo) {
    held = letGo;
    arm();
  }

  /** From now on the JVM waits for {@link #close}; before, it ends at once. */
  public void arm() {
    if (hook == null) {
      Thread thread = new Thread(this::await, "lariat-interrupt");
      hook = thread;
      Runtime.getRuntime().addShutdownHook(thread);
    }
  }

  /**
   * Does {@code work} that leaves nothing to write, such as reading: it may wait for a pipe that
   * nothing comes from, so nobody waits for it. If the program is told to end meanwhile, it says
   * {@code sentence} on {@code err}, removes what is half written, and is gone.
   */
  public <T> T endingAtOnce(PrintWriter err, String sentence, Supplier<T> work) {
    arm();
    Runnable said =
        () -> {
          err.println((Terminal.isInteractive() ? BarLine.ERASE : "") + "lariat: " + sentence);
          try {
            AtomicFile.abandonAll();
            held.run();
          } catch (UncheckedIOException e) {
            err.println("lariat: " + IoProblem.text(e));
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
    try {
      var _ = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Is cancelled by Ctrl-C. */
  public Cancellation cancellation() {
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
