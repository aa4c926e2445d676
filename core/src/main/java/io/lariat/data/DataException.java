package io.lariat.data;

/** Data that cannot be used; the message says what, where and what to do about it. */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one with a message for people. */
  public DataException(String message) {
    super(message);
  }

  /** Makes one with a message for people and what caused it. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
