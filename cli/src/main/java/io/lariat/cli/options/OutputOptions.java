package io.lariat.cli.options;

import io.lariat.cli.terminal.Console;
import io.lariat.cli.terminal.Interrupt;
import io.lariat.cli.terminal.ProgramLog;
import io.lariat.cli.terminal.Reading;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Text;
import io.lariat.cli.words.Version;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much is said, and what the help of all commands has in common. */
@Command(
    synopsisHeading = "%nUsage: ",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n")
public final class OutputOptions {

  @Option(
      names = "--quiet",
      description = "Print nothing but errors and the output that was asked for.")
  private boolean quiet;

  @Option(names = "--verbose", description = "Print log messages, and stack traces of errors.")
  private boolean verbose;

  private final Console console;

  /** Of a command that speaks to {@code console}. */
  public OutputOptions(Console console) {
    this.console = console;
  }

  /** Checks that the options go together, and passes log messages on if they are wanted. */
  public void apply() {
    if (quiet && verbose) {
      throw Failure.usage("--quiet and --verbose exclude each other");
    }
    ProgramLog.listener(
        (important, message) -> {
          if (verbose || (important && !quiet)) {
            say(message);
          }
        });
  }

  /** Whether nothing is to be said but errors. */
  public boolean isQuiet() {
    return quiet;
  }

  /** Where what is said of a run goes: standard output, nowhere if quiet. */
  public PrintWriter out() {
    return quiet ? new PrintWriter(PrintWriter.nullWriter()) : console.out();
  }

  /** Standard error. */
  public PrintWriter err() {
    return console.err();
  }

  /** Ctrl-C. */
  public Interrupt interrupt() {
    return console.interrupt();
  }

  /** Prints a remark, if it is wanted. */
  public void note(String note) {
    if (!quiet) {
      say("note: " + note);
    }
  }

  private void say(String message) {
    console.err().println("lariat: " + Text.oneLine(message));
    console.err().flush();
  }

  /** Shows how far the reading of a file is, if that is wanted. */
  public Reading reading() {
    return new Reading(console.err(), quiet);
  }
}
