package io.lariat.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shell script that is run on a day with a GPU, from a packed folder whose Java is a stand-in
 * that hangs where it is told to. What it has found out must be there whenever it ends.
 */
@Tag("D24")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class GpuCheckTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Says what the programs say that it stands for; hangs where {@code HANGS} is in its line. */
  private static final String JAVA =
      """
      #!/bin/sh
      echo "called with: $*"
      [ -z "${HANGS:-}" ] || case "$*" in
          *"$HANGS"*)
              echo $$ >"$HANGING"
              exec sleep 1000
              ;;
      esac
      case "$*" in
          *ConsoleLauncher*) echo '[         3 tests successful      ]' ;;
          *GpuReport*) echo 'a device that is none' ;;
          *GpuBenchmark*)
              while [ "$1" != --work ]; do shift; done
              echo 'case,round' >"$2/rounds.csv"
              ;;
      esac
      """;

  @TempDir private Path folder;
  private Path pack;
  private Path results;
  private Path tools;
  private Path hanging;

  @BeforeEach
  void pack() throws IOException, InterruptedException {
    pack = Files.createDirectory(folder.resolve("gpu-check"));
    results = folder.resolve("results");
    tools = Files.createDirectory(folder.resolve("tools"));
    hanging = folder.resolve("hanging");
    Files.createDirectory(pack.resolve("lib"));
    Files.createDirectory(folder.resolve("tmp"));
    Files.writeString(pack.resolve("commit"), "0123456789\n");
    Files.copy(Path.of("gpu-check"), pack.resolve("gpu-check"));
    Path bin = Files.createDirectories(folder.resolve("java/bin"));
    executable(bin.resolve("java"), JAVA);
    assertThat(
            new ProcessBuilder("tar", "-C", folder.toString(), "-czf", "java.tar.gz", "java")
                .directory(pack.toFile())
                .inheritIO()
                .start()
                .waitFor())
        .isZero();
    executable(tools.resolve("python3"), "#!/bin/sh\nexit 1\n"); // has no PyTorch
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Starts it in a session of its own, as a machine's agent would. */
  private Process start(String hangs) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", pack.resolve("gpu-check") + "", "run"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("said.txt").toFile());
    builder.environment().put("OUT", results.toString());
    builder.environment().put("PATH", tools + ":/usr/bin:/bin");
    builder.environment().put("TMPDIR", folder.resolve("tmp").toString());
    builder.environment().put("HANGS", hangs);
    builder.environment().put("HANGING", hanging.toString());
    builder.environment().remove("JAVA_HOME");
    return builder.start();
  }

  private String report() throws IOException {
    return Files.readString(results.resolve("report.md"));
  }

  @Test
  void aDriverThatHangsStopsNothing() throws IOException, InterruptedException {
    executable(tools.resolve("nvidia-smi"), "#!/bin/sh\nexec sleep 1000\n");
    Process process = start("");
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(report()).isZero();
    assertThat(report())
        .contains("nvidia-smi: FAILED or gave no answer in 10 s")
        .containsSubsequence(
            "Lariat sees",
            "contract: passed",
            "golden cases: passed",
            "first: completed",
            "all tests: passed",
            "benchmark: completed");
    assertThat(results.resolve("first/rounds.csv")).exists();
    assertThat(results.resolve("benchmark/rounds.csv")).exists();
  }

  /** The step in which it is killed, by a word of its command line. */
  @ParameterizedTest
  @ValueSource(
      strings = {"GpuReport", "GpuContractTest", "GpuGoldenTest", "cases first", "scan-classpath"})
  void whatIsKilledLeavesWhatItHad(String step) throws IOException, InterruptedException {
    Process process = start(step);
    long left = hangingProcess(process);
    process.destroyForcibly().waitFor();

    assertThat(report()).contains("commit 0123456789");
    if (!List.of("GpuReport", "GpuContractTest").contains(step)) {
      assertThat(report()).contains("contract: passed: 3 tests successful");
      assertThat(results.resolve("logs/contract.txt")).content().contains("GpuContractTest");
    }
    try (Stream<Path> logs = Files.list(results.resolve("logs"))) {
      List<Path> begun = logs.filter(log -> holds(log, step)).toList();
      assertThat(begun).as("the log of the step that was running").hasSize(1);
    }
    await(
        "the step goes on", () -> ProcessHandle.of(left).filter(ProcessHandle::isAlive).isEmpty());
    await("its temporary folder is there", () -> isEmpty(folder.resolve("tmp")));
  }

  @Test
  void whatIsToldToStopSaysSo() throws IOException, InterruptedException {
    Process process = start("GpuGoldenTest");
    long left = hangingProcess(process);
    process.destroy();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(report()).contains("contract: passed").endsWith("- STOPPED by a signal\n");
    await(
        "the step goes on", () -> ProcessHandle.of(left).filter(ProcessHandle::isAlive).isEmpty());
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until the stand-in hangs; its process. */
  private long hangingProcess(Process process) throws IOException, InterruptedException {
    await("no step hangs", () -> Files.exists(hanging) && holds(hanging, "\n"));
    assertThat(process.isAlive()).isTrue();
    return Long.parseLong(Files.readString(hanging).strip());
  }

  private static void await(String otherwise, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(otherwise).isLessThan(end);
      Thread.sleep(50);
    }
  }
}
