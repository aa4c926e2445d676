package io.lariat.backend;

/** A backend was asked for by name and cannot be used; the message says why and what to do. */
public final class BackendUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one with the reason and the remedy. */
  public BackendUnavailableException(String message) {
    super(message);
  }
}
