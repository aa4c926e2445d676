package io.lariat.model;

/** A model file that cannot be used; the message says which, what is wrong and where. */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one with a message for people. */
  public ModelException(String message) {
    super(message);
  }

  /** Makes one with a message for people and what caused it. */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
