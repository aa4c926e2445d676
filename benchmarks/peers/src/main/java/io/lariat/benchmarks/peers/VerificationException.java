package io.lariat.benchmarks.peers;

/** An engine's result is not what it has to be: nothing about it may be timed. */
final class VerificationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  VerificationException(String message) {
    super(message);
  }
}
