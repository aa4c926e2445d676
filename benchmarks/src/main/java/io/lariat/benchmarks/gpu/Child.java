package io.lariat.benchmarks.gpu;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that answers commands, a line each; it dies with this one. */
final class Child implements AutoCloseable {
  /** Stands for the end of the output. */
  private static final String END = "\0";

  private static final double PATIENCE_SECONDS = 120;

  private final Process process;
  private final BufferedWriter commands;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Path log;
  private final String description;
  private double busySeconds;

  private Child(Process process, Path log) throws ChildException {
    this.process = process;
    this.log = log;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::readAnswers, "answers");
    reader.setDaemon(true);
    reader.start();
    try {
      description = after("ready", await(PATIENCE_SECONDS));
    } catch (ChildException e) {
      close();
      throw new ChildException(e.reason(), true);
    }
  }

  /**
   * Starts one and waits until it is ready.
   *
   * @param log where its standard error goes
   */
  static Child start(List<String> command, Path log) throws ChildException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    } catch (IOException e) {
      throw new ChildException("cannot be started: " + e.getMessage(), true);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new Child(process, log);
  }

  /** What it says that it is. */
  String description() {
    return description;
  }

  /**
   * Asks and waits.
   *
   * @param word the first of the answer; numbers follow it
   * @param seconds how long to wait
   */
  double[] ask(String command, String word, double seconds) throws ChildException {
    long start = System.nanoTime();
    send(command);
    String numbers = after(word, await(seconds));
    busySeconds += 1e-9 * (System.nanoTime() - start);
    return Arrays.stream(numbers.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  /** For how long it has been at work on what was asked. */
  double busySeconds() {
    return busySeconds;
  }

  /** Has it free what it holds. */
  void forget() throws ChildException {
    send("forget");
    String answer = await(PATIENCE_SECONDS);
    if (!answer.equals("forgotten")) {
      throw new ChildException("expected 'forgotten', found '" + answer + "'", false);
    }
  }

  private void send(String command) throws ChildException {
    try {
      commands.write(command);
      commands.newLine();
      commands.flush();
    } catch (IOException _) { // a broken pipe: the log has more
      throw ended();
    }
  }

  private String await(double seconds) throws ChildException {
    @Nullable String answer;
    try {
      answer = answers.poll((long) (1e3 * seconds), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChildException("interrupted", false);
    }
    if (answer == null) {
      close();
      throw new ChildException(String.format(Locale.ROOT, "no answer in %.0f s", seconds), true);
    }
    if (answer.equals(END)) {
      throw ended();
    }
    return answer;
  }

  private static String after(String word, String answer) throws ChildException {
    if (!answer.startsWith(word + " ")) {
      throw new ChildException(answer.replaceFirst(" ", ": "), false);
    }
    return answer.substring(word.length() + 1);
  }

  private ChildException ended() {
    try {
      // Not the lines of a stack trace.
      String last =
          Files.readAllLines(log).stream()
              .filter(line -> line.matches("\\S.*"))
              .reduce("without a word", (_, line) -> line);
      return new ChildException("ended: " + last, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readAnswers() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        answers.add(line);
      }
    } catch (IOException e) {
      answers.add("failed " + e);
    }
    answers.add(END);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
