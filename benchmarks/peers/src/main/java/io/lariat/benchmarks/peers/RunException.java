package io.lariat.benchmarks.peers;

/** The comparison cannot go on; the message is one sentence for the person who started it. */
final class RunException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RunException(String message) {
    super(message);
  }
}
