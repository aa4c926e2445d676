package io.lariat.cli.words;

import picocli.CommandLine.ExitCode;

/** A command cannot do what was asked; the message says what, where and what to do about it. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int exitCode;

  private Failure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The command line asks for something that makes no sense. */
  public static Failure usage(String message) {
    return new Failure(ExitCode.USAGE, message);
  }

  /** The data, a file or the run is at fault. */
  public static Failure run(String message) {
    return new Failure(ExitCode.SOFTWARE, message);
  }

  /** A certificate does not hold. */
  public static Failure untrue(String message) {
    return new Failure(3, message);
  }

  /** What the program exits with. */
  public int exitCode() {
    return exitCode;
  }
}
