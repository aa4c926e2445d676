package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lariat predict} of many rows in little memory, through the real program. */
@Tag("F11")
final class PredictStreamIT {
  /** Less than the outputs of the rows below, and much less than their text. */
  private static final String LITTLE = "-Xmx64m";

  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    Files.writeString(
        shared.resolve("k.csv"),
        IntStream.range(0, 2000)
            .mapToObj(i -> i + "," + i % 1000)
            .collect(Collectors.joining("\n", "x,y\n", "\n")));
    train("k.csv", "classes", "--target", "y", "--task", "multiclass");
    Files.writeString(
        shared.resolve("b.svm"),
        IntStream.range(0, 200)
            .mapToObj(i -> i % 2 + " " + (1 + i % 2) + ":1 3:0." + i)
            .collect(Collectors.joining("\n")));
    train("b.svm", "sparse");
  }

  private static void train(String data, String out, String... more) {
    List<String> args =
        Stream.concat(
                Stream.of("train", data, "--hidden", "none", "--epochs", "1"),
                Stream.concat(
                    Stream.of("--no-polish", "--no-compare", "--out", out), Stream.of(more)))
            .toList();
    Program.Outcome outcome = Program.real(shared, args.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  private static String model(String name) {
    return shared.resolve(name).toString();
  }

  /** {@code count} rows, of which some are quoted. */
  private Path rows(int count) throws IOException {
    return Files.writeString(
        folder.resolve("rows.csv"),
        IntStream.range(0, count)
            .mapToObj(i -> i % 1000 == 1 ? "\"" + i + "\"" : String.valueOf(i))
            .collect(Collectors.joining("\n", "x\n", "\n")));
  }

  private static long lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }

  /** Twelve million outputs and 200 MB of text, of which the program used to keep both. */
  @Test
  @Tag("D17")
  void manyRowsOfManyClassesTakeLittleMemory() throws IOException {
    rows(12_000);
    Program.Outcome outcome =
        Program.realWith(folder, LITTLE, "predict", model("classes"), "rows.csv", "--out", "p.csv");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(lines(folder.resolve("p.csv"))).isEqualTo(12_001);
    assertThat(Program.names(folder)).containsExactly("p.csv", "rows.csv");
  }

  @Test
  void aPackedFileOfSparseRowsTakesLittleMemory() throws IOException {
    int rows = 2_000_000;
    byte[] some = "1:1 3:0.5\n\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("rows.svm.gz")))) {
      for (int i = 0; i < rows; i += 2000) {
        out.write(some);
      }
    }
    Program.Outcome outcome =
        Program.realWith(
            folder, LITTLE, "predict", model("sparse"), "rows.svm.gz", "--out", "p.csv");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(lines(folder.resolve("p.csv"))).isEqualTo(rows + 1);
  }

  @Test
  void aPipeGivesTheSameAsAFile() throws IOException {
    rows(9000);
    Program.Outcome file =
        Program.real(folder, "predict", model("classes"), "rows.csv", "--out", "file.csv");
    assertThat(file.code()).as(file.err()).isZero();
    Program.Outcome piped =
        Program.inShell(
            folder,
            "cat rows.csv | \"$@\" > piped.csv",
            "predict",
            model("classes"),
            "/dev/stdin",
            "--quiet");
    assertThat(piped.code()).as(piped.err()).isZero();
    assertThat(folder.resolve("piped.csv")).hasSameBinaryContentAs(folder.resolve("file.csv"));
  }

  @Test
  void whoHasSeenEnoughMayGo() throws IOException {
    rows(9000);
    Program.Outcome outcome =
        Program.inShell(
            folder,
            "{ \"$@\"; echo $? > code; } | head -n 2 | cut -c 1-10",
            "predict",
            model("classes"),
            "rows.csv");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.outLines()).hasSize(2).startsWith("prediction");
    assertThat(folder.resolve("code")).hasContent("0");
  }

  @Test
  void aBadRowFarDownLeavesNoFile() throws IOException {
    Files.writeString(rows(9000), "\nbad\n", StandardOpenOption.APPEND);
    for (List<String> out : List.of(List.of("--out", "p.csv"), List.<String>of())) {
      Program.Outcome outcome =
          Program.real(
              folder,
              Stream.concat(Stream.of("predict", model("classes"), "rows.csv"), out.stream())
                  .toArray(String[]::new));
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.errLines())
          .singleElement()
          .asString()
          .contains("rows.csv", "line 9003", "'bad'");
      assertThat(Program.names(folder)).containsExactly("rows.csv");
    }
  }

  /** A disk that is full after some blocks: no file, and a sentence of the file that is written. */
  @Test
  void noRoomLeavesNoFile() throws IOException {
    rows(9000);
    Program.Outcome outcome =
        Program.inShell(
            folder,
            "ulimit -f 2048; exec \"$@\"",
            "predict",
            model("classes"),
            "rows.csv",
            "--out",
            "p.csv");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.errLines())
        .singleElement()
        .asString()
        .contains("p.csv: cannot be written: file too large");
    assertThat(Program.names(folder)).containsExactly("rows.csv");
  }

  /** Told to stop while it waits for a pipe that says no more. */
  @Test
  void stoppedInTheMidstItLeavesNoFile() throws IOException, InterruptedException {
    Path pipe = folder.resolve("endless.csv");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process process =
        Program.builder(
                folder, "predict", model("classes"), pipe.toString(), "--out", "p.csv", "--quiet")
            .start();
    try (OutputStream out = Files.newOutputStream(pipe);
        BufferedReader err = process.errorReader()) {
      out.write(Files.readAllBytes(rows(9000)));
      out.flush();
      while (Program.names(folder).size() < 3) {
        TimeUnit.MILLISECONDS.sleep(20); // until the file is under way
      }
      InterruptIT.send("TERM", process);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(err.lines().toList())
          .containsExactly("lariat: stopped before all rows were predicted; nothing was written");
    }
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(Program.names(folder)).containsExactly("endless.csv", "rows.csv");
  }
}
