package io.lariat.cuda.probe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.BackendUnavailableException;
import java.io.IOException;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each reason for which there is no GPU, in the words that a user reads. */
class DeviceProbeTest {
  private FakeMachine machine;

  @BeforeEach
  void showAMachine(@TempDir Path root) throws IOException {
    machine = new FakeMachine(root).with("dev/nvidiactl");
  }

  @Test
  void wantsLinuxOnX86() {
    machine.architecture = "aarch64";
    assertRefused(
        "JCuda is there for Linux on x86_64 only, and this is Linux on aarch64; use another"
            + " backend");
    machine.system = "Mac OS X";
    assertRefused(
        "JCuda is there for Linux on x86_64 only, and this is Mac OS X on aarch64; use another"
            + " backend");
  }

  @Test
  void wantsADeviceFile(@TempDir Path empty) throws IOException {
    machine = new FakeMachine(empty);
    machine.nativeAccess = false; // is asked next
    assertRefused("no NVIDIA GPU here, or in a container started without --gpus all");
    machine.with("dev/dxg");
    assertThatThrownBy(() -> DeviceProbe.probe(machine)).hasMessageStartingWith("native code");
  }

  @Test
  void takesAnotherDeviceFile(@TempDir Path empty) throws IOException {
    machine = new FakeMachine(empty).with("gpu");
    machine.nativeAccess = false;
    machine.properties.put("lariat.cuda.device-file", empty + "/none");
    assertRefused(
        "lariat.cuda.device-file: there is no file " + empty + "/none; leave the property away");
    machine.properties.put("lariat.cuda.device-file", empty + "/gpu");
    assertThatThrownBy(() -> DeviceProbe.probe(machine)).hasMessageStartingWith("native code");
  }

  @Test
  void wantsNativeAccess() {
    machine.nativeAccess = false;
    assertRefused("native code is not enabled; start Java with --enable-native-access=ALL-UNNAMED");
  }

  @Test
  void wantsAllOfJCuda() {
    machine.absent = "jcuda/jcublas/JCublas2.class";
    assertRefused(
        "JCuda is not all there: the class path has no jcuda/jcublas/JCublas2.class; add"
            + " org.jcuda:jcublas:12.6.0");
    machine.absent = "lib/libJCudaDriver-12.6.0-linux-x86_64.so";
    assertRefused(
        "JCuda is not all there: the class path has no lib/libJCudaDriver-12.6.0-linux-x86_64.so;"
            + " add org.jcuda:jcuda-natives:12.6.0 with the classifier linux-x86_64");
  }

  @Test
  void wantsTheDriver(@TempDir Path root) throws IOException {
    Machine bare =
        new FakeMachine(root) {
          @Override
          Optional<SymbolLookup> load(@Nullable Path folder, String file) {
            return Optional.empty();
          }
        }.with("dev/dxg");
    assertThatThrownBy(() -> DeviceProbe.probe(bare))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageMatching(
            "the driver's library cannot be loaded \\(.*\\); install the NVIDIA driver, or start"
                + " the container with --gpus all");
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> DeviceProbe.probe(machine))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage(reason);
  }
}
