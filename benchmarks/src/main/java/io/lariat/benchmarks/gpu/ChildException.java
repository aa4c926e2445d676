package io.lariat.benchmarks.gpu;

/** A process does not do what was asked of it; the message says why, for the table. */
final class ChildException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final boolean ended;

  ChildException(String reason, boolean ended) {
    super(reason);
    this.reason = reason;
    this.ended = ended;
  }

  /** The message. */
  String reason() {
    return reason;
  }

  /** Whether the process is gone, so that it does nothing else either. */
  boolean hasEnded() {
    return ended;
  }
}
