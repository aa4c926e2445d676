package io.lariat.cuda.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.BackendUnavailableException;
import io.lariat.cuda.emulation.Emulation;
import io.lariat.cuda.emulation.Setting;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the probe makes of a driver's answers, on the CPU emulation. */
class DriverProbeTest {
  private FakeMachine machine;

  @BeforeEach
  void showAMachine(@TempDir Path root) throws IOException {
    Emulation.load();
    machine = new FakeMachine(root).with("dev/nvidiactl");
  }

  @AfterEach
  void reset() {
    Emulation.reset();
  }

  @Test
  void describesTheDevice() {
    Emulation.set(Setting.CAPABILITY, 89);
    Emulation.set(Setting.DRIVER, 13010);
    Emulation.set(Setting.MEMORY, 85_000_000_000L);
    DeviceReport report = DeviceProbe.probe(machine);
    assertThat(report.ordinal()).isZero();
    assertThat(report.description())
        .isEqualTo(
            report.device().name() + ", 79 GiB, compute capability 8.9, driver for CUDA 13.1");
  }

  @Test
  void takesTheOldestThatWillDo() {
    Emulation.set(Setting.CAPABILITY, 75);
    Emulation.set(Setting.DRIVER, 12000);
    assertThat(DeviceProbe.probe(machine).description())
        .endsWith(", 4 GiB, compute capability 7.5, driver for CUDA 12.0");
  }

  @Test
  void saysThatTheDriverFindsNoGpu() {
    Emulation.set(Setting.INIT, 100);
    assertRefused("the NVIDIA driver finds no GPU; look what nvidia-smi says");
    machine.variables.put("CUDA_VISIBLE_DEVICES", "");
    assertRefused(
        "the NVIDIA driver finds no GPU, as CUDA_VISIBLE_DEVICES is ''; name one there or unset"
            + " it");
    Emulation.reset();
    Emulation.set(Setting.DEVICES, 0);
    machine.variables.put("CUDA_VISIBLE_DEVICES", "7");
    assertThatThrownBy(() -> DeviceProbe.probe(machine))
        .hasMessageContaining("finds no GPU, as CUDA_VISIBLE_DEVICES is '7'");
  }

  @Test
  void saysThatTheDriverFails() {
    Emulation.set(Setting.INIT, 803);
    assertRefused(
        "the NVIDIA driver does not work (cuInit gave CUDA_ERROR_SYSTEM_DRIVER_MISMATCH (803));"
            + " look what nvidia-smi says, and restart the machine if the driver was updated");
  }

  @Test
  void saysThatTheDriverIsTooOld() {
    Emulation.set(Setting.DRIVER, 11040);
    assertRefused("the driver supports CUDA 11.4, 12.0 is needed; update the NVIDIA driver");
  }

  @Test
  void saysThatTheGpuIsTooOld() {
    Emulation.set(Setting.CAPABILITY, 70);
    assertThatThrownBy(() -> DeviceProbe.probe(machine))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageStartingWith("device 0, ")
        .hasMessageEndingWith(
            ", has compute capability 7.0, 7.5 is needed; name another GPU with"
                + " -Dlariat.cuda.device=NUMBER if there is one");
  }

  @Test
  void takesTheDeviceThatIsNamed() {
    Emulation.set(Setting.DEVICES, 3);
    machine.properties.put("lariat.cuda.device", " 2 ");
    assertThat(DeviceProbe.probe(machine).ordinal()).isEqualTo(2);
    for (String wrong : new String[] {"3", "-1", "first", ""}) {
      machine.properties.put("lariat.cuda.device", wrong);
      assertRefused(
          "system property lariat.cuda.device: expected the number of a GPU, 0 to 2, found '"
              + wrong
              + "'");
    }
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> DeviceProbe.probe(machine))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage(reason);
  }
}
