package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said where standard output is full, closed, or no longer read. */
@Tag("F18")
@Tag("D23")
class StandardOutputIT {
  private static final String DATA = Program.DATA.resolve("diabetes.csv").toString();

  @TempDir static Path folder;

  @BeforeAll
  static void trainAModel() {
    Outcome trained =
        Program.here(
            "train",
            DATA,
            "--target",
            "progression",
            "--epochs",
            "1",
            "--no-compare",
            "--quiet",
            "--out",
            folder.resolve("model").toString());
    assertThat(trained.code()).isZero();
  }

  static Stream<List<String>> commands() {
    List<String> data = List.of(DATA, "--target", "progression");
    return Stream.of(
        List.of("--help"),
        List.of("--version"),
        List.of("path", "--help"),
        List.of("backends"),
        List.of("inspect", "model"),
        List.of("certify", "model", DATA),
        List.of("certify", "model", DATA, "--json"),
        List.of("compact", "model", DATA, "--out", "compacted.safetensors", "--force"),
        List.of("predict", "model", DATA),
        with("train", data, "--epochs", "1", "--out", "trained", "--force"),
        with(
            "path",
            data,
            "--hidden",
            "none",
            "--lambdas",
            "3",
            "--folds",
            "0",
            "--out",
            "path",
            "--force"),
        with(
            "select",
            data,
            "--hidden",
            "none",
            "--subsamples",
            "0",
            "--out",
            "selected",
            "--force"),
        with(
            "compare",
            data,
            "--epochs",
            "1",
            "--hidden",
            "4",
            "--folds",
            "2",
            "--out",
            "compared",
            "--force"));
  }

  private static List<String> with(String command, List<String> data, String... options) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(data);
    all.addAll(List.of(options));
    return all;
  }

  @ParameterizedTest
  @MethodSource("commands")
  @EnabledOnOs(OS.LINUX)
  void aFullDeviceIsAnErrorOfEveryCommand(List<String> command) {
    Outcome run = shell("\"$@\" >/dev/full", command);
    assertThat(run.err()).endsWith(sentence("no space left on device"));
    assertThat(run.errLines().stream().filter(line -> line.startsWith("lariat: standard")))
        .hasSize(1);
    assertThat(run.code()).isEqualTo(1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theFilesOfARunAreKept() throws IOException {
    Path out = Files.createTempDirectory(folder, "kept").resolve("run");
    Outcome run =
        shell(
            "\"$@\" >/dev/full",
            List.of("train", DATA, "--target", "progression", "--epochs", "1", "--out", "" + out));
    assertThat(run.code()).isEqualTo(1);
    assertThat(Program.names(out)).contains("model.safetensors", "report.html");
  }

  @Test
  void aClosedOutputIsAnError() {
    Outcome run = shell("\"$@\" >&-", List.of("inspect", "model"));
    assertThat(run.err()).isEqualTo(sentence("bad file descriptor"));
    assertThat(run.code()).isEqualTo(1);
  }

  /** The numbers of closed descriptors may be those of the JDK's own files by now. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aClosedDescriptorIsNoFile() throws IOException {
    Path read = Files.writeString(folder.resolve("read.txt"), "keep");
    List<String> predict = List.of("predict", "model", DATA, "--out");
    List<String> compact = List.of("compact", "model", "--force", "--out");
    for (List<String> command : List.of(predict, compact)) {
      isRefused("\"$@\" 3<read.txt", command, "/dev/fd/3");
      isRefused("\"$@\" 3<read.txt", command, "/proc/self/fd/3");
      isRefused("\"$@\" </dev/null", command, "/dev/stdin");
      assertThat(read).hasContent("keep"); // as the JDK has to be, where this is not
      isRefused("\"$@\" >&-", command, "/dev/stdout");
      isRefused("\"$@\"", command, "/dev/fd/4321");
    }
  }

  private static void isRefused(String script, List<String> command, String out) {
    List<String> all = new ArrayList<>(command);
    all.add(out);
    Outcome run = shell(script, all);
    assertThat(run.errLines())
        .first()
        .isEqualTo(
            "lariat: "
                + out
                + ": cannot be written: it is closed, or not open for writing; name another file"
                + " with --out");
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDescriptorThatIsOpenIsWritten() throws IOException {
    Outcome run =
        shell(
            "echo first >open.csv; \"$@\" 3>>open.csv",
            List.of("predict", "model", DATA, "--quiet", "--out", "/dev/fd/3"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readString(folder.resolve("open.csv"))).startsWith("first\nprediction\n");
  }

  /** Each takes the place that it had, and no file of the JDK does. */
  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @CsvSource({"<&-, 0", ">&-, 1", "2>&-, 2", "<&- >&- 2>&-, 0", "<&- >&- 2>&-, 2"})
  void aClosedStreamIsTheNullDevice(String closing, String number)
      throws IOException, InterruptedException {
    String script = "mkfifo \"$0\" && exec \"$@\" " + closing;
    Path pipe = folder.resolve("pipe" + closing.hashCode() + number);
    List<String> shell = new ArrayList<>(List.of("sh", "-c", script, pipe.toString()));
    shell.addAll(
        Program.builder(folder, "predict", "model", pipe.toString(), "--out", "none").command());
    Process waiting = new ProcessBuilder(shell).directory(folder.toFile()).start();
    try {
      Path links = Path.of("/proc/" + waiting.pid() + "/fd");
      while (waiting.isAlive() && !leadsToTheJdk(links)) {
        Thread.sleep(5);
      }
      assertThat(Files.readSymbolicLink(links.resolve(number))).hasToString("/dev/null");
    } finally {
      waiting.destroyForcibly().waitFor();
    }
  }

  private static boolean leadsToTheJdk(Path links) throws IOException {
    List<Path> all;
    try (Stream<Path> list = Files.list(links)) {
      all = list.toList();
    }
    for (Path link : all) {
      try {
        if (Files.readSymbolicLink(link).endsWith("lib/modules")) {
          return true;
        }
      } catch (NoSuchFileException e) {
        // closed since
      }
    }
    return false;
  }

  @Test
  void noStreamAtAllHarmsNoFile() throws IOException {
    List<String> command = List.of("predict", "model", DATA, "--out", "quiet.csv");
    assertThat(shell("\"$@\" <&- >&- 2>&-", command).code()).isZero();
    assertThat(Files.readString(folder.resolve("quiet.csv"))).startsWith("prediction\n");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aReaderThatHasSeenEnoughIsNone(List<String> command) {
    Outcome run = shell("{ \"$@\"; echo \"exit $?\" >&2; } | :", command);
    assertThat(run.errLines()).last().isEqualTo("exit 0");
    assertThat(run.err()).doesNotContain("standard output");
  }

  private static String sentence(String reason) {
    return "lariat: standard output: cannot be written: "
        + reason
        + "; send it elsewhere (files that were asked for are written)\n";
  }

  private static Outcome shell(String script, List<String> command) {
    return Program.inShell(folder, script, command.toArray(String[]::new));
  }
}
