package io.lariat.train;

/**
 * Cancels a training from another thread: it ends before its next step and keeps what it has. An
 * interrupt of the thread that trains does the same, so {@code Future.cancel(true)} and {@code
 * ExecutorService.shutdownNow()} end it too; the thread stays interrupted.
 */
public final class Cancellation {
  private volatile boolean cancelled;

  /** Asks the training to end. */
  public void cancel() {
    cancelled = true;
  }

  /** Whether {@link #cancel} was called, or the thread that asks is interrupted. */
  public boolean isCancelled() {
    return cancelled || Thread.currentThread().isInterrupted();
  }
}
