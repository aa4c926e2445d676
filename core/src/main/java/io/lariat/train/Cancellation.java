package io.lariat.train;

/** Cancels a training from another thread: it ends before its next step and keeps what it has. */
public final class Cancellation {
  private volatile boolean cancelled;

  /** Asks the training to end. */
  public void cancel() {
    cancelled = true;
  }

  /** Whether {@link #cancel} was called. */
  public boolean isCancelled() {
    return cancelled;
  }
}
