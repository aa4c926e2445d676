package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C in the real program. */
final class InterruptIT {
  @TempDir private Path folder;

  private Process start() throws IOException {
    return start(
        Program.builder(
            folder,
            "train",
            Program.DATA.resolve("digits.csv").toString(),
            "--target",
            "digit",
            "--epochs",
            "1000000"));
  }

  /**
   * Starts it with SIGINT as a terminal would have it: where the tests themselves run in the
   * background of a script the signal is ignored, and a child would inherit that.
   */
  private static Process start(ProcessBuilder program) throws IOException {
    program.command().addAll(0, List.of("env", "--default-signal=INT,HUP"));
    return program.start();
  }

  /** What the process still says after Ctrl-C; a process that goes on is killed. */
  private static List<String> interrupt(Process process, BufferedReader out)
      throws IOException, InterruptedException {
    CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(process::destroyForcibly);
    send("INT", process);
    List<String> rest = out.lines().toList(); // a full pipe would keep it from ending
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return rest;
  }

  @Test
  void writesWhatThereIs() throws IOException, InterruptedException {
    Process process = start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      do {
        line = out.readLine();
      } while (line != null && !line.startsWith("    2 "));
      assertThat(interrupt(process, out)).anyMatch(l -> l.contains("stopped in epoch"));
    }

    assertThat(process.exitValue()).isEqualTo(130);
    Path run = folder.resolve("lariat-out/digits-1");
    assertThat(Program.names(run))
        .containsExactly("history.csv", "model.safetensors", "report.html", "summary.json");
    List<String> history = Files.readAllLines(run.resolve("history.csv"));
    assertThat(history).hasSizeGreaterThan(2);
    assertThat(Program.text(run.resolve("summary.json"))).contains("\"cancelled\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "compare", "path", "select"})
  void stopsWhileItReads(String command) throws IOException, InterruptedException {
    // A pipe without an end, so that reading goes on whatever the machine's speed.
    Path pipe = folder.resolve("endless.csv");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process process = start(Program.builder(folder, command, pipe.toString(), "--target", "y"));
    byte[] rows = "1.5,0\n2.5,1\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    CountDownLatch reading = new CountDownLatch(1);
    Thread writer =
        Thread.startVirtualThread(
            () -> {
              try (OutputStream out = Files.newOutputStream(pipe)) {
                out.write("a,y\n".getBytes(StandardCharsets.UTF_8));
                while (true) {
                  out.write(rows); // more than a pipe holds: some of it was read
                  reading.countDown();
                }
              } catch (IOException e) {
                reading.countDown(); // nobody reads any more
              }
            });
    assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(interrupt(process, out)).isEmpty();
    }
    writer.join();

    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(process.errorReader().lines().toList())
        .singleElement()
        .asString()
        .contains("nothing was written");
    assertThat(Program.names(folder)).containsExactly("endless.csv");
  }

  /** Nothing can be read: the pipe has no writer, or one that says no more. */
  @Tag("D10")
  @ParameterizedTest
  @CsvSource({
    "train,INT,130,false",
    "train,TERM,143,true",
    "compare,HUP,129,true",
    "path,INT,130,true",
    "select,TERM,143,false",
    "certify,INT,130,true"
  })
  void stopsWhileItWaitsForAPipe(String command, String signal, int code, boolean hasWriter)
      throws IOException, InterruptedException {
    Path pipe = folder.resolve("slow.csv");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    List<String> args = new ArrayList<>(List.of(command, pipe.toString(), "--target", "y"));
    if (command.equals("certify")) {
      args = List.of(command, model(), pipe.toString());
    }
    List<String> before = Program.names(folder);
    Process process = start(Program.builder(folder, args.toArray(String[]::new)));
    // Opening waits until the program has opened the pipe, too.
    try (OutputStream out = hasWriter ? Files.newOutputStream(pipe) : null) {
      if (out != null) {
        out.write("x,y\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
      awaitReading(process);
      send(signal, process);
      // The minute that a training would have to write its files is not waited for.
      assertThat(process.waitFor(45, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).isEqualTo(code);
    assertThat(process.inputReader().lines().toList()).isEmpty();
    assertThat(process.errorReader().lines().toList())
        .singleElement()
        .asString()
        .startsWith("lariat: stopped while reading " + pipe);
    assertThat(Program.names(folder)).isEqualTo(before);
  }

  private String model() {
    String model = folder.resolve("model").toString();
    String data = Program.DATA.resolve("wine.csv").toString();
    Program.Outcome trained =
        Program.here("train", data, "--target", "class", "--epochs", "1", "--out", model);
    assertThat(trained.code()).as(trained.err()).isZero();
    return model;
  }

  /** Some rows are predicted, and the next does not come. */
  @Tag("D10")
  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143", "HUP,129"})
  void aPredictionLeavesNoTemporaryFile(String signal, int code)
      throws IOException, InterruptedException {
    String model = model();
    List<String> before = Program.names(folder);
    Process process =
        start(Program.builder(folder, "predict", model, "/dev/stdin", "--out", "predictions.csv"));
    try (OutputStream out = process.getOutputStream()) {
      out.write(Files.readAllBytes(Program.DATA.resolve("wine.csv")));
      out.flush();
      awaitReading(process);
      assertThat(Program.names(folder)).contains(".predictions.csv.tmp");
      send(signal, process);
      assertThat(process.waitFor(45, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).isEqualTo(code);
    assertThat(process.errorReader().lines().toList())
        .singleElement()
        .asString()
        .contains("nothing was written");
    assertThat(Program.names(folder)).isEqualTo(before);
  }

  /** Waits until the program's hook is there: its threads tell, by the stack of the main one. */
  private static void awaitReading(Process process) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    for (int i = 0; i < 600; i++) {
      Process asked =
          new ProcessBuilder(jcmd, String.valueOf(process.pid()), "Thread.print")
              .redirectErrorStream(true)
              .start();
      String threads = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (threads.contains("Interrupt.endingAtOnce")) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("does not begin to read");
  }

  static void send(String signal, Process process) throws IOException, InterruptedException {
    String id = String.valueOf(process.pid());
    new ProcessBuilder("kill", "-" + signal, id).start().waitFor();
  }

  @Test
  void aSelectionLeavesNothing() throws IOException, InterruptedException {
    Process process =
        start(
            Program.builder(
                folder,
                "select",
                Program.DATA.resolve("digits.csv").toString(),
                "--target",
                "digit",
                "--subsamples",
                "10000"));
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).startsWith("data");
      interrupt(process, out);
    }

    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(process.errorReader().lines().toList())
        .singleElement()
        .asString()
        .contains("nothing was written");
    assertThat(Program.names(folder)).isEmpty();
  }

  @Test
  void writesNothingBeforeThereIsAnything() throws IOException, InterruptedException {
    Process process = start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).startsWith("data");
      interrupt(process, out);
    }

    assertThat(process.exitValue()).isEqualTo(130);
    // A very quick machine may have had time for an epoch.
    if (Program.names(folder).isEmpty()) {
      assertThat(process.errorReader().lines().toList())
          .singleElement()
          .asString()
          .contains("nothing was written");
    }
  }
}
