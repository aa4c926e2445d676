package io.lariat.cuda.emulation;

import java.util.Locale;

/** What can be set of the emulated device. The values are whole numbers. */
public enum Setting {
  /** What {@code cuInit} returns; at first 0. */
  INIT,
  /** How many devices there are; at first 1. */
  DEVICES,
  /** Bytes of a device's memory; at first 4 GiB. */
  MEMORY,
  /** The driver's version; at first 12060, which is CUDA 12.6. */
  DRIVER,
  /** The compute capability; at first 75, which is 7.5. */
  CAPABILITY,
  /**
   * How many multiprocessors a device has; at first 4. Of a cooperative launch every thread has a
   * stack of its own, 1024 a multiprocessor: from about 30 on Linux allows no more of them.
   */
  MULTIPROCESSORS,
  /** Which of the orders that CUDA allows is taken, of streams, nodes, blocks and threads. */
  SEED,
  /** In how many of 100 calls work runs at once that could wait; at first 0. */
  EAGERNESS,
  /** After how many more kernels the device is lost; at first -1, never. */
  LOSE_AFTER,
  /** What calls return of a lost device; at first 719, {@code CUDA_ERROR_LAUNCH_FAILED}. */
  LOSE_CODE;

  /** Its name in the library. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The environment variable that sets it in a process from its start. */
  public String variable() {
    return "FAKE_CUDA_" + name();
  }
}
