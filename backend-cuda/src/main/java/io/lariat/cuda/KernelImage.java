package io.lariat.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The compiled kernels: machine code for one kind of device, PTX for the driver of any other. */
final class KernelImage {
  private static final String CUBIN = "kernels.sm_90.cubin";
  private static final String PTX = "kernels.ptx";

  private KernelImage() {}

  /** What to load on a device of this compute capability. */
  static byte[] bytes(int major, int minor) {
    if (major == 9 && minor == 0) {
      return resource(CUBIN);
    }
    byte[] text = resource(PTX);
    return Arrays.copyOf(text, text.length + 1); // the driver wants a zero at its end
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
