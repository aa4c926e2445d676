package io.lariat.cli;

import static java.util.Objects.requireNonNull;

import io.lariat.internal.text.FileProblem;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: its commands, and how one is run. */
@Command(
    name = "lariat",
    description = "Trains dense neural networks with L1 (Lasso) regularisation.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisHeading = "Usage: ",
    synopsisSubcommandLabel = "COMMAND",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    subcommands = {
      TrainCommand.class,
      PredictCommand.class,
      InspectCommand.class,
      CertifyCommand.class,
      CompactCommand.class,
      CompareCommand.class,
      PathCommand.class,
      SelectCommand.class,
      BackendsCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lariat train src-test-data/breast_cancer.csv --target benign",
      "  lariat inspect lariat-out/breast_cancer-1",
      "  lariat predict lariat-out/breast_cancer-1 new.csv --out predictions.csv",
      "",
      "'lariat COMMAND --help' explains a command's options.",
      "Exit codes: 0 done, 1 data or run error, 2 usage error, 3 a certificate is not",
      "true (certify), 130 stopped by Ctrl-C.",
      "Options for Java itself are read from LARIAT_JAVA_OPTS, such as -Xmx8g."
    })
public final class Lariat implements Callable<Integer> {

  /** Lets a command finish its files when the program is told to stop. */
  final Interrupt interrupt = new Interrupt();

  @Spec private CommandSpec spec;

  /** Runs the program and ends the JVM with its exit code. */
  public static void main(String[] args) {
    if (VectorModule.isRequired()) {
      VectorModule.load();
    }
    StandardOutput out = new StandardOutput();
    PrintWriter err =
        new PrintWriter(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
    int code = run(out.writer(), err, args);
    @Nullable IOException problem = out.problem();
    if (code == ExitCode.OK && problem != null) {
      code = new Failures(err).report(unwritten(problem), Failures.wantsStackTrace(args));
    }
    System.exit(code);
  }

  /** All else was done: a training is not worth less because its table could not be printed. */
  private static Failure unwritten(IOException problem) {
    return Failure.run(
        "standard output: cannot be written: "
            + FileProblem.reason(problem)
            + "; send it elsewhere (files that were asked for are written)");
  }

  /** Runs a command with its output going where the caller wants it; the exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Lariat lariat = new Lariat();
    CommandLine commandLine = new CommandLine(lariat);
    commandLine.setOut(out).setErr(err);
    commandLine.setExpandAtFiles(false); // a column may be called @home
    Map<String, IHelpSectionRenderer> trainHelp =
        requireNonNull(commandLine.getSubcommands().get("train")).getHelpSectionMap();
    trainHelp.put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, help -> "");
    trainHelp.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new HelpSections());
    Failures failures = new Failures(err);
    commandLine.setParameterExceptionHandler(failures);
    commandLine.setExecutionExceptionHandler(failures);
    int code;
    try {
      code = commandLine.execute(args);
    } catch (Throwable e) { // picocli hands on errors such as OutOfMemoryError
      code = failures.report(e, Failures.wantsStackTrace(args));
    }
    out.flush();
    err.flush();
    lariat.interrupt.close();
    return code;
  }

  /** No command was given. */
  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "expected a command: train, predict, inspect, certify, compact, compare, path, select or"
            + " backends");
  }
}
