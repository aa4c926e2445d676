package io.lariat.cli;

import picocli.CommandLine.ExitCode;

/** A command cannot do what was asked; the message says what, where and what to do about it. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int exitCode;

  private Failure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The command line asks for something that makes no sense. */
  static Failure usage(String message) {
    return new Failure(ExitCode.USAGE, message);
  }

  /** The data, a file or the run is at fault. */
  static Failure run(String message) {
    return new Failure(ExitCode.SOFTWARE, message);
  }

  /** A certificate does not hold. */
  static Failure untrue(String message) {
    return new Failure(3, message);
  }

  /** What the program exits with. */
  int exitCode() {
    return exitCode;
  }
}
