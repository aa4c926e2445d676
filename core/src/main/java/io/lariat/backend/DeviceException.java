package io.lariat.backend;

/**
 * The device that a backend computes on has no memory left for what was asked, or has failed. After
 * the first, the backend goes on working; after a failure it can only be closed. The message says
 * which, and what to do.
 */
public class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one with what happened and the remedy. */
  public DeviceException(String message) {
    super(message);
  }

  /** The same, with what it follows from. */
  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
