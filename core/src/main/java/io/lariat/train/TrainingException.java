package io.lariat.train;

import org.jspecify.annotations.Nullable;

/** A training that cannot start or cannot go on; the message says why and what to do. */
public class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one with a message for people. */
  public TrainingException(String message) {
    super(message);
  }

  /** As {@link #TrainingException(String)}, with what it came of, if anything. */
  public TrainingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
