package io.lariat.cuda.probe;

import io.lariat.backend.BackendUnavailableException;
import io.lariat.cuda.driver.Driver;
import io.lariat.cuda.driver.DriverException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether an NVIDIA GPU can be used here, the cheapest question first: on a machine without
 * one, two files are looked for and nothing is loaded. No step prints, and none touches what makes
 * the JVM print.
 */
public final class DeviceProbe {

  /** The system property for the number of the GPU: {@value}. */
  public static final String DEVICE_PROPERTY = "lariat.cuda.device";

  /** The system property for the file that says that there is a GPU: {@value}. */
  public static final String FILE_PROPERTY = "lariat.cuda.device-file";

  private static final String NO_GPU =
      "no NVIDIA GPU here, or in a container started without --gpus all";

  private static final String DRIVER = "libcuda.so.1";
  private static final int NO_DEVICE = 100;
  private static final int OLDEST_CUDA = 12000;
  private static final int OLDEST_CAPABILITY = 75;

  private final Machine machine;

  private DeviceProbe(Machine machine) {
    this.machine = machine;
  }

  /**
   * The GPU of this machine.
   *
   * @throws BackendUnavailableException if there is none that can be used; the message is why, in
   *     one sentence with the remedy
   */
  public static DeviceReport probe() {
    return probe(new Machine());
  }

  static DeviceReport probe(Machine machine) {
    return new DeviceProbe(machine).run();
  }

  private DeviceReport run() {
    requirePlatform();
    requireDeviceFile();
    requireNativeAccess();
    requireJCuda();
    if (machine.load(null, DRIVER).isEmpty()) {
      throw refusal(
          "the driver's library cannot be loaded (%s); install the NVIDIA driver, or start the"
              + " container with --gpus all",
          Libraries.whyNot(DRIVER));
    }
    try {
      return ask(machine.driver());
    } catch (DriverException e) {
      throw e.code() == NO_DEVICE
          ? noDevice()
          : refusal(
              "the NVIDIA driver does not work (%s); look what nvidia-smi says, and restart the"
                  + " machine if the driver was updated",
              e.fact());
    }
  }

  private void requirePlatform() {
    if (!machine.system().equals("Linux") || !machine.architecture().equals("amd64")) {
      throw refusal(
          "JCuda is there for Linux on x86_64 only, and this is %s on %s; use another backend",
          machine.system(), machine.architecture());
    }
  }

  private void requireDeviceFile() {
    @Nullable String named = machine.property(FILE_PROPERTY);
    if (named != null) {
      if (!Files.exists(Path.of(named))) {
        throw refusal("%s: there is no file %s; leave the property away", FILE_PROPERTY, named);
      }
      return;
    }
    Path devices = machine.root().resolve("dev");
    if (!Files.exists(devices.resolve("nvidiactl")) && !Files.exists(devices.resolve("dxg"))) {
      throw refusal(NO_GPU);
    }
  }

  private void requireNativeAccess() {
    if (!machine.nativeAccess()) {
      @Nullable String module = DeviceProbe.class.getModule().getName();
      throw refusal(
          "native code is not enabled; start Java with --enable-native-access=ALL-UNNAMED%s",
          module == null ? "" : "," + module);
    }
  }

  private void requireJCuda() {
    require("jcuda", "jcuda/driver/JCudaDriver.class");
    require("jcublas", "jcuda/jcublas/JCublas2.class");
    require("jcuda-natives", JCudaLoader.resource(JCudaLoader.DRIVER));
    require("jcublas-natives", JCudaLoader.resource(JCudaLoader.CUBLAS));
  }

  private void require(String artifact, String resource) {
    if (!machine.hasResource(resource)) {
      throw refusal(
          "JCuda is not all there: the class path has no %s; add org.jcuda:%s:%s%s",
          resource,
          artifact,
          JCudaLoader.VERSION,
          artifact.endsWith("-natives") ? " with the classifier linux-x86_64" : "");
    }
  }

  private DeviceReport ask(Driver driver) {
    int version = driver.version();
    if (version < OLDEST_CUDA) {
      throw refusal(
          "the driver supports CUDA %s, %s is needed; update the NVIDIA driver",
          DeviceReport.cuda(version), DeviceReport.cuda(OLDEST_CUDA));
    }
    int devices = driver.devices();
    if (devices == 0) {
      throw noDevice();
    }
    int ordinal = ordinal(devices);
    Driver.Device device = driver.device(ordinal);
    if (10 * device.major() + device.minor() < OLDEST_CAPABILITY) {
      throw refusal(
          "device %d, %s, has compute capability %d.%d, 7.5 is needed; name another GPU with"
              + " -D%s=NUMBER if there is one",
          ordinal, device.name(), device.major(), device.minor(), DEVICE_PROPERTY);
    }
    return new DeviceReport(ordinal, device, version);
  }

  private int ordinal(int devices) {
    @Nullable String value = machine.property(DEVICE_PROPERTY);
    if (value == null) {
      return 0;
    }
    int ordinal;
    try {
      ordinal = Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      ordinal = -1;
    }
    if (ordinal < 0 || ordinal >= devices) {
      throw refusal(
          "system property %s: expected the number of a GPU, 0 to %d, found '%s'",
          DEVICE_PROPERTY, devices - 1, value);
    }
    return ordinal;
  }

  private BackendUnavailableException noDevice() {
    @Nullable String visible = machine.variable("CUDA_VISIBLE_DEVICES");
    return visible == null
        ? refusal("the NVIDIA driver finds no GPU; look what nvidia-smi says")
        : refusal(
            "the NVIDIA driver finds no GPU, as CUDA_VISIBLE_DEVICES is '%s'; name one there or"
                + " unset it",
            visible);
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency of every user
  private static BackendUnavailableException refusal(String format, Object... arguments) {
    return new BackendUnavailableException(String.format(Locale.ROOT, format, arguments));
  }
}
