package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lariat.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program on the CPU emulation of a device: it trains, and ends as it should when the
 * device has no room or fails. Skipped with a line where the emulation cannot be built.
 */
class CudaIT {
  private static final String DATA = Program.DATA.resolve("breast_cancer.csv").toString();

  @TempDir private static Path emulation;
  @TempDir private Path folder;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    boolean isPossible =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64")
            && Files.exists(Path.of("/usr/bin/g++"));
    if (!isPossible) {
      System.err.println("SKIPPED: the program on the CPU emulation of CUDA, as there is no g++");
    }
    assumeTrue(isPossible);
    Path script = Program.ROOT.resolve("backend-cuda/src/test/cpp/build");
    Path log = emulation.resolve("log");
    Process process =
        new ProcessBuilder("bash", script.toString(), emulation.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(() -> read(log)).isZero();
  }

  private static String read(Path file) {
    try {
      return Program.text(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The program with a device and what is set of it. */
  private Outcome run(Map<String, String> device, String... args) {
    Map<String, String> environment = new HashMap<>(device);
    environment.put("LD_LIBRARY_PATH", emulation.resolve("driver").toString());
    // the emulated driver has no device file; any file will do
    environment.put(
        "LARIAT_JAVA_OPTS", "-Dlariat.cuda.cublas=none -Dlariat.cuda.device-file=" + DATA);
    return Program.realIn(folder, environment, args);
  }

  private static String[] train(String... more) {
    List<String> fixed =
        List.of("train", DATA, "--target", "benign", "--backend", "cuda", "--out", "run");
    return Stream.concat(fixed.stream(), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void theDeviceIsListedAndTrainedOn() throws IOException {
    Outcome listed = run(Map.of(), "backends");
    assertThat(listed.err()).isEmpty();
    assertThat(listed.outLines().getFirst())
        .startsWith("cuda")
        .contains("usable", "CPU emulation", "compute capability 7.5", "CUDA 12.6");
    Outcome trained = run(Map.of(), train("--hidden", "8", "--epochs", "2", "--no-compare"));
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err()).doesNotContain("WARNING");
    assertThat(Program.names(folder.resolve("run")))
        .contains("history.csv", "model.safetensors", "report.html", "summary.json");
    assertThat(Program.text(folder.resolve("run/summary.json"))).contains("cuda (CPU emulation");
  }

  @Test
  void aDeviceThatFailsLeavesTheEpochsBeforeInTheFiles() throws IOException {
    // four steps of some twenty kernels an epoch, and what follows them
    Outcome failed =
        run(
            Map.of("FAKE_CUDA_LOSE_AFTER", "400"),
            train("--hidden", "8", "--epochs", "1000", "--no-compare"));
    assertThat(failed.code()).isEqualTo(1);
    List<String> complaints =
        failed.errLines().stream().filter(line -> line.startsWith("lariat: ")).toList();
    assertThat(complaints).hasSize(1);
    assertThat(complaints.getFirst()).contains("the GPU failed", "choose the backend simd");
    assertThat(Program.names(folder.resolve("run")))
        .contains("history.csv", "model.safetensors", "report.html", "summary.json");
    long epochs = Files.readAllLines(folder.resolve("run/history.csv")).size() - 1L;
    assertThat(epochs).isBetween(1L, 20L);
    assertThat(failed.out())
        .contains("the device failed in epoch " + (epochs + 1) + " of 1000")
        .contains("until the end of epoch " + epochs);
    assertThat(Program.text(folder.resolve("run/summary.json"))).contains("device_failed");
    assertThat(run(Map.of(), "predict", "run/model.safetensors", DATA).code()).isZero();
  }

  @Test
  void aDeviceThatFailsAtOnceWritesNothing() {
    Outcome failed =
        run(Map.of("FAKE_CUDA_LOSE_AFTER", "3"), train("--hidden", "8", "--epochs", "5"));
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("lariat: the GPU failed");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aNetworkWithoutRoomIsOneSentence() {
    Outcome failed =
        run(
            Map.of("FAKE_CUDA_MEMORY", String.valueOf(32 << 20)),
            train("--epochs", "1", "--hidden", "400000"));
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.errLines().getLast())
        .matches("lariat: the GPU has no room for \\S+ MiB more: .* of its 32 MiB are free; .*");
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
