package io.lariat.cuda;

import io.lariat.cuda.driver.Driver;
import io.lariat.cuda.driver.DriverException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.Arrays;

/** The compiled kernels: machine code for one kind of device, PTX for the driver of any other. */
final class KernelImage {
  private static final System.Logger LOG = System.getLogger("io.lariat.cuda");
  private static final String CUBIN = "kernels.sm_90.cubin";
  private static final String PTX = "kernels.ptx";

  private KernelImage() {}

  /**
   * Loads what suits a device. A driver that is older than the compiler may not know its machine
   * code, but compiles the PTX to the same.
   */
  static Driver.Module load(Driver driver, Driver.Device device) {
    if (device.major() == 9 && device.minor() == 0) {
      try {
        return driver.load(resource(CUBIN));
      } catch (DriverException e) {
        if (!e.isRefusedImage()) {
          throw e;
        }
        LOG.log(Level.DEBUG, "the driver compiles the kernels, as it refuses {0}", CUBIN);
      }
    }
    byte[] text = resource(PTX);
    return driver.load(Arrays.copyOf(text, text.length + 1)); // the driver wants a zero at its end
  }

  private static byte[] resource(String name) {
    try (InputStream in = KernelImage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + ": missing from the jar of lariat-backend-cuda");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
