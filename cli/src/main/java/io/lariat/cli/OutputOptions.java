package io.lariat.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** How much is said. */
final class OutputOptions {

  @Option(
      names = "--quiet",
      description = "Print nothing but errors and the output that was asked for.")
  boolean quiet;

  @Option(names = "--verbose", description = "Print log messages, and stack traces of errors.")
  boolean verbose;

  /** Prints remarks to {@code err}, if they are wanted. */
  Consumer<String> notes(PrintWriter err) {
    return note -> {
      if (!quiet) {
        err.println("lariat: note: " + Failures.oneLine(note));
        err.flush();
      }
    };
  }

  /** Checks that the options go together, and passes log messages on if they are wanted. */
  void apply(PrintWriter err) {
    if (quiet && verbose) {
      throw Failure.usage("--quiet and --verbose exclude each other");
    }
    ProgramLog.listener(
        (important, message) -> {
          if (verbose || (important && !quiet)) {
            err.println("lariat: " + Failures.oneLine(message));
            err.flush();
          }
        });
  }
}
