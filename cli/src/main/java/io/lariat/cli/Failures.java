package io.lariat.cli;

import io.lariat.backend.BackendUnavailableException;
import io.lariat.backend.DeviceException;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.IoProblem;
import io.lariat.cli.words.Text;
import io.lariat.data.DataException;
import io.lariat.internal.text.FileProblem;
import io.lariat.model.ModelException;
import io.lariat.train.PartException;
import io.lariat.train.TrainingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever goes wrong into one line on standard error and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final PrintWriter err;

  Failures(PrintWriter err) {
    this.err = err;
  }

  /** Whether these arguments ask for stack traces. */
  static boolean wantsStackTrace(String... args) {
    return Arrays.asList(args).contains("--verbose");
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    print(usageMessage(e) + "; see '" + name + " --help'");
    if (wantsStackTrace(args)) {
      e.printStackTrace(err);
    }
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof Failure f && f.exitCode() == ExitCode.USAGE) {
      String name = command.getCommandSpec().qualifiedName();
      print(f.getMessage() + "; see '" + name + " --help'");
      if (wantsStackTrace(parsed.originalArgs().toArray(String[]::new))) {
        e.printStackTrace(err);
      }
      return ExitCode.USAGE;
    }
    return report(e, wantsStackTrace(parsed.originalArgs().toArray(String[]::new)));
  }

  /** Prints what went wrong; the exit code. */
  int report(Throwable e, boolean stackTrace) {
    print(message(e));
    if (stackTrace) {
      e.printStackTrace(err);
    }
    return e instanceof Failure f ? f.exitCode() : ExitCode.SOFTWARE;
  }

  private void print(String message) {
    err.println("lariat: " + Text.oneLine(message));
    err.flush();
  }

  private static String usageMessage(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(e.getMessage());
    }
    String argument = unmatched.getUnmatched().getFirst();
    boolean root = unmatched.getCommandLine().getParent() == null;
    String what = argument.startsWith("-") ? "option" : root ? "command" : "argument";
    List<String> near = unmatched.getSuggestions();
    return "unknown "
        + what
        + " '"
        + argument
        + "'"
        + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
  }

  private static String message(Throwable e) {
    return switch (e) {
      case Failure f -> text(f);
      case DataException d -> withRemedy(text(d), "correct the file");
      case ModelException m when IoProblem.in(m) != null ->
          withRemedy(text(m), FileProblem.remedy(Objects.requireNonNull(IoProblem.in(m)), false));
      case ModelException m -> withRemedy(text(m), "copy the file again or train the model again");
      case TrainingException t -> text(t);
      case PartException p ->
          withRemedy(text(p), "leave --resume out and add --force to start anew");
      case BackendUnavailableException b -> text(b);
      case DeviceException d -> text(d);
      case UncheckedIOException io ->
          withRemedy(
              IoProblem.text(io), FileProblem.remedy(Objects.requireNonNull(io.getCause()), false));
      case IOException io -> message(new UncheckedIOException(io));
      case OutOfMemoryError o ->
          "not enough memory ("
              + text(o)
              + "); give Java more, for example LARIAT_JAVA_OPTS=-Xmx8g, or make the data or the"
              + " network smaller";
      default -> "internal error: " + e + "; run again with --verbose and report what it prints";
    };
  }

  /** A message that has none of its own ends with a remedy. */
  private static String withRemedy(String message, String remedy) {
    if (message.contains(";") || message.contains("did you mean")) {
      return message;
    }
    boolean missing = message.endsWith("no such file or folder");
    return message + "; " + (missing ? FileProblem.CHECK_NAME : remedy);
  }

  private static String text(Throwable e) {
    @Nullable String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
