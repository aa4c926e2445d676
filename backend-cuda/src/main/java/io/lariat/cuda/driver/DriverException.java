package io.lariat.cuda.driver;

import io.lariat.backend.DeviceException;
import java.util.Locale;

/** A call of the CUDA driver or of cuBLAS failed. */
public final class DriverException extends DeviceException {
  private static final long serialVersionUID = 1L;

  private static final int OUT_OF_MEMORY = 2;
  private static final int INVALID_IMAGE = 200;
  private static final int NO_BINARY_FOR_GPU = 209;
  private static final int LAUNCH_OUT_OF_RESOURCES = 701;
  private static final int COOPERATIVE_LAUNCH_TOO_LARGE = 720;
  private static final int NOT_SUPPORTED = 801;

  private final int code;
  private final String fact;

  /**
   * Makes one.
   *
   * @param call the function: {@code cuMemAlloc}
   * @param code what it returned
   * @param name what that is called: {@code CUDA_ERROR_OUT_OF_MEMORY}
   */
  public DriverException(String call, int code, String name) {
    super(
        String.format(
            Locale.ROOT,
            "the GPU failed: %s gave %s (%d); the system's log (dmesg, lines with NVRM) may say"
                + " why; run again, or choose the backend simd",
            call,
            name,
            code));
    this.code = code;
    fact = String.format(Locale.ROOT, "%s gave %s (%d)", call, name, code);
  }

  /** What the call returned. */
  public int code() {
    return code;
  }

  /** What happened, without the remedy: {@code cuInit gave CUDA_ERROR_NO_DEVICE (100)}. */
  public String fact() {
    return fact;
  }

  /** Whether there was not enough memory, after which all else still works. */
  public boolean isOutOfMemory() {
    return code == OUT_OF_MEMORY;
  }

  /**
   * Whether the driver does not know machine code of that kind, after which all else still works.
   */
  public boolean isRefusedImage() {
    return code == INVALID_IMAGE || code == NO_BINARY_FOR_GPU;
  }

  /** Whether the device does not run such a kernel, after which all else still works. */
  public boolean isRefusedLaunch() {
    return code == LAUNCH_OUT_OF_RESOURCES
        || code == COOPERATIVE_LAUNCH_TOO_LARGE
        || code == NOT_SUPPORTED;
  }
}
