package io.lariat.train;

/** Why a training ended. */
public enum StopReason {
  /** All epochs were run. */
  COMPLETED,
  /** The validation loss no longer improved. */
  EARLY_STOPPING,
  /** A callback asked for it. */
  CALLBACK,
  /** It was cancelled. */
  CANCELLED,
  /** The device that it ran on failed. */
  DEVICE_FAILED
}
