package io.lariat.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Child processes, one at a time; none outlives this one. */
final class Children {
  private static final long LONGEST_MINUTES = 20;

  private static final long PATIENCE_MILLIS = 2000;

  /** The exit codes of a process that was told to end: by Ctrl-C, by the system. */
  private static final Set<Integer> STOPPED = Set.of(130, 143);

  private static final int NOT_STARTED = 127;

  private final Path logs;
  private @Nullable Process running;
  private boolean stopping;

  /** Their output goes to files in {@code logs}. */
  Children(Path logs) {
    this.logs = logs;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop children"));
  }

  /**
   * What a child left behind.
   *
   * @param exit its exit code
   * @param lines its standard output
   * @param log the file with its standard error
   */
  record Outcome(int exit, List<String> lines, Path log) {}

  /**
   * Runs a command to its end.
   *
   * @param name what its files are called
   * @param environment what is added to this process's environment
   * @return with exit code 127, as of a shell, if it cannot be started
   * @throws RunException if it does not end
   */
  Outcome run(String name, List<String> command, Map<String, String> environment) {
    Path out = logs.resolve(name + ".out");
    Path log = logs.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(log.toFile());
    builder.environment().putAll(environment);
    try {
      Process process;
      try {
        process = start(builder);
      } catch (IOException e) {
        Files.writeString(log, e + "\n");
        return new Outcome(NOT_STARTED, List.of(), log);
      }
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        stop();
        throw new RunException(
            name + " has not ended after " + LONGEST_MINUTES + " minutes; its output is in " + log);
      }
      if (isStopping() || STOPPED.contains(process.exitValue())) {
        // Ctrl-C goes to both processes; ours ends meanwhile, unless it was for the child alone.
        Thread.sleep(PATIENCE_MILLIS);
        throw new RunException(name + " was stopped");
      }
      return new Outcome(process.exitValue(), Files.readAllLines(out, StandardCharsets.UTF_8), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new RunException(name + " was interrupted");
    }
  }

  private synchronized Process start(ProcessBuilder builder) throws IOException {
    if (stopping) {
      throw new RunException("stopped");
    }
    Process process = builder.start();
    running = process;
    return process;
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /** Ends the child that is running, and lets no other start. */
  private synchronized void stop() {
    stopping = true;
    Process process = running;
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
