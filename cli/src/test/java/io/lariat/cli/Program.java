package io.lariat.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs Lariat for tests: the real program through {@code ./lariat}, or its main class in here. */
public final class Program {
  /** The project's folder. */
  static final Path ROOT = Path.of(System.getProperty("lariat.root", "..")).toAbsolutePath();

  /** The shipped data sets. */
  static final Path DATA =
      Path.of(System.getProperty("lariat.data", "../src-test-data")).toAbsolutePath();

  private static final int LIMIT_SECONDS = 120;

  private Program() {}

  /** What a run left: exit code, standard output, standard error. */
  public record Outcome(int code, String out, String err) {
    public List<String> errLines() {
      return err.lines().toList();
    }

    public List<String> outLines() {
      return out.lines().toList();
    }
  }

  /** In this JVM, so relative paths are the test's own. */
  public static Outcome here(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Lariat.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Outcome(code, out.toString(), err.toString());
  }

  /** The real program in {@code folder}. */
  static Outcome real(Path folder, String... args) {
    return realWith(folder, "", args);
  }

  /** The real program in {@code folder} with options for its JVM. */
  static Outcome realWith(Path folder, String javaOptions, String... args) {
    return realIn(folder, Map.of("LARIAT_JAVA_OPTS", javaOptions), args);
  }

  /** The real program in {@code folder} with more in its environment. */
  static Outcome realIn(Path folder, Map<String, String> environment, String... args) {
    ProcessBuilder builder = builder(folder, args);
    builder.environment().putAll(environment);
    return outcome(builder);
  }

  /** A shell's {@code script} in {@code folder}; the real program with {@code args} is its "$@". */
  static Outcome inShell(Path folder, String script, String... args) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(builder(folder, args).command());
    return outcome(new ProcessBuilder(command).directory(folder.toFile()));
  }

  private static Outcome outcome(ProcessBuilder builder) {
    try {
      Path streams = Files.createTempDirectory("lariat-streams");
      Path out = streams.resolve("out");
      Path err = streams.resolve("err");
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "still running after " + LIMIT_SECONDS + " s: " + builder.command());
      }
      Outcome outcome = new Outcome(process.exitValue(), text(out), text(err));
      Files.delete(out);
      Files.delete(err);
      Files.delete(streams);
      return outcome;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Lets Java alone start {@code program}, with no shell around it. */
  static void withoutLauncher(ProcessBuilder program) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path jar = ROOT.resolve("cli/target/lariat/lib/lariat-cli.jar");
    program.command().removeFirst();
    program
        .command()
        .addAll(0, List.of(java.toString(), "-XX:+UseSerialGC", "-jar", jar.toString()));
  }

  /** Starts the real program, for tests that do something meanwhile. */
  static ProcessBuilder builder(Path folder, String... args) {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("lariat").toString()));
    command.addAll(Arrays.asList(args));
    return new ProcessBuilder(command).directory(folder.toFile());
  }

  /** What a folder holds, hidden files too. */
  public static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A file's text. */
  public static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
