package io.lariat.benchmarks.peers;

/** An engine is not installed here: its column says so, and the others go on. */
final class AbsentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  AbsentException(String reason) {
    super(reason);
  }
}
