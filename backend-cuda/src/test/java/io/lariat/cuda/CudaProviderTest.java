package io.lariat.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.BackendProvider;
import io.lariat.backend.Backends;
import io.lariat.cuda.emulation.Emulation;
import io.lariat.cuda.probe.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the provider says in JVMs that were started in different ways, on the CPU emulation. None of
 * them may print to standard error.
 */
class CudaProviderTest {
  private static final String FILE = "-Dlariat.cuda.device-file=";

  @TempDir private Path folder;

  @BeforeEach
  void load() {
    Emulation.load();
  }

  @Test
  void isFound() {
    BackendProvider provider =
        Backends.providers().stream()
            .filter(p -> p.name().equals("cuda"))
            .findFirst()
            .orElseThrow();
    assertThat(provider).isInstanceOf(CudaProvider.class);
    assertThat(provider.priority()).isEqualTo(200);
  }

  @Test
  void saysThatThereIsNoGpu() throws Exception {
    String file = folder + "/none";
    assertThat(Child.withoutNativeAccess().flag(FILE + file).run(Report.class))
        .isEqualTo(
            "lariat.cuda.device-file: there is no file " + file + "; leave the property away");
  }

  @Test
  void saysWhichFlagIsMissing() throws Exception {
    assertThat(
            Child.withoutNativeAccess()
                .flag(FILE + folder)
                .libraries(Emulation.driverFolder())
                .run(Report.class))
        .isEqualTo(
            "native code is not enabled; start Java with --enable-native-access=ALL-UNNAMED");
  }

  @Test
  void saysThatTheDriverIsDamaged() throws Exception {
    Files.writeString(folder.resolve("libcuda.so.1"), "no library");
    assertThat(Child.plain().flag(FILE + folder).libraries(folder).run(Report.class))
        .isEqualTo(
            "the driver's library cannot be loaded ("
                + folder
                + "/libcuda.so.1: file too short); install the NVIDIA driver, or start the"
                + " container with --gpus all");
  }

  @Test
  void saysThatJCudaIsMissing() throws Exception {
    assertThat(
            Child.plain()
                .withoutJars("jcuda-natives")
                .flag(FILE + folder)
                .libraries(Emulation.driverFolder())
                .run(Report.class))
        .endsWith("add org.jcuda:jcuda-natives:12.6.0 with the classifier linux-x86_64");
  }

  @Test
  void opensWithAndWithoutCublas() throws Exception {
    assertThat(usable("none").run(Report.class))
        .contains("driver for CUDA 12.6, no cuBLAS: own kernels\n")
        .contains("\ncuda (");
    for (int version : new int[] {12, 13}) {
      Path cublas = Emulation.blasFolder(version);
      assertThat(usable(cublas.toString()).run(Report.class))
          .contains("driver for CUDA 12.6, cuBLAS " + version + ".")
          .contains("(" + cublas + "/libcublas.so." + version + ")\ncuda (");
    }
  }

  @Test
  void failsIfTheNamedCublasDoesNotWork() throws Exception {
    String reason =
        "system property lariat.cuda.cublas: "
            + folder
            + " holds no libcublas.so.N; name the library of cuBLAS, its folder, or none";
    assertThat(usable(folder.toString()).run(Report.class))
        .contains("driver for CUDA 12.6, " + reason + "\n")
        .endsWith("backend 'cuda' cannot be used: " + reason);
  }

  @Test
  void refusesSettingsThatAreNone() throws Exception {
    assertThat(usable("none").flag("-Dlariat.cuda.tf32=yes").run(Report.class))
        .endsWith("system property lariat.cuda.tf32: expected true or false, found 'yes'");
  }

  private Child usable(String cublas) throws IOException {
    return Child.plain()
        .flag(FILE + folder)
        .flag("-Dlariat.cuda.cublas=" + cublas)
        .libraries(Emulation.driverFolder());
  }

  /** Prints why the provider refuses, or what it has found and opened. */
  static final class Report {
    public static void main(String[] args) {
      CudaProvider provider = new CudaProvider();
      System.out.println(provider.details());
      if (provider.unavailableReason() == null) {
        try (Backend backend = provider.open(new BackendOptions(1))) {
          System.out.println(backend.description());
        } catch (RuntimeException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
