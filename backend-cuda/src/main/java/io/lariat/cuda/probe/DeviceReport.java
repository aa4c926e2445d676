package io.lariat.cuda.probe;

import io.lariat.cuda.driver.Driver;
import java.util.Locale;

/**
 * A GPU that can be used.
 *
 * @param ordinal its number
 * @param device what it is
 * @param version the newest CUDA that its driver supports, 12060 for 12.6
 */
public record DeviceReport(int ordinal, Driver.Device device, int version) {

  /** {@code NVIDIA H100 80GB HBM3, 79 GiB, compute capability 9.0, driver for CUDA 12.6}. */
  public String description() {
    return String.format(
        Locale.ROOT,
        "%s, %.0f GiB, compute capability %d.%d, driver for CUDA %s",
        device.name(),
        device.memory() / (double) (1 << 30),
        device.major(),
        device.minor(),
        cuda(version));
  }

  /** {@code 12.6} for 12060. */
  static String cuda(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }
}
