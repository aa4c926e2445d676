package io.lariat.train;

import io.lariat.backend.DeviceException;

/** The device failed in the middle of a training; what it had learnt until then is not lost. */
public final class DeviceFailedException extends TrainingException {
  private static final long serialVersionUID = 1L;

  private final transient Training training;

  DeviceFailedException(DeviceException cause, Training training) {
    super(String.valueOf(cause.getMessage()));
    initCause(cause);
    this.training = training;
  }

  /** The training until the end of its last complete epoch, {@link StopReason#DEVICE_FAILED}. */
  public Training training() {
    return training;
  }
}
