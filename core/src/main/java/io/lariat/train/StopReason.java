package io.lariat.train;

/** Why a training ended. */
public enum StopReason {
  /** All epochs were run. */
  COMPLETED,
  /** The validation loss no longer improved. */
  EARLY_STOPPING,
  /** A callback asked for it. */
  CALLBACK,
  /** It was cancelled, or its thread interrupted. */
  CANCELLED,
  /** The device that it ran on failed. */
  DEVICE_FAILED;

  /** Whether the run was cut off, so that what comes after a training is left out. */
  public boolean isCutOff() {
    return this == CANCELLED || this == DEVICE_FAILED;
  }
}
