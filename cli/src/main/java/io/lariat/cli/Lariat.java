package io.lariat.cli;

import io.lariat.cli.certify.CertifyCommand;
import io.lariat.cli.compact.CompactCommand;
import io.lariat.cli.compare.CompareCommand;
import io.lariat.cli.inspect.BackendsCommand;
import io.lariat.cli.inspect.InspectCommand;
import io.lariat.cli.options.VectorModule;
import io.lariat.cli.path.PathCommand;
import io.lariat.cli.predict.PredictCommand;
import io.lariat.cli.select.SelectCommand;
import io.lariat.cli.terminal.Console;
import io.lariat.cli.terminal.Interrupt;
import io.lariat.cli.terminal.StandardOutput;
import io.lariat.cli.train.HelpSections;
import io.lariat.cli.train.TrainCommand;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Text;
import io.lariat.cli.words.Version;
import io.lariat.internal.text.FileProblem;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
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
    Failures failures = new Failures(err);
    int code;
    // Lets a command finish its files when the program is told to stop.
    try (Interrupt interrupt = new Interrupt()) {
      try {
        CommandLine commandLine = commandLine(new Console(out, err, interrupt), args);
        commandLine.setParameterExceptionHandler(failures);
        commandLine.setExecutionExceptionHandler(failures);
        code = commandLine.execute(args);
      } catch (Throwable e) { // picocli hands on errors such as OutOfMemoryError
        code = failures.report(e, Failures.wantsStackTrace(args));
      }
      out.flush();
      err.flush();
    }
    return code;
  }

  /**
   * The program with its commands, in the order of the help; with one command alone if {@code args}
   * begin with its name, since picocli takes some 70 ms to read the options of all.
   */
  static CommandLine commandLine(Console console, String... args) {
    List<Object> commands =
        List.of(
            new TrainCommand(console),
            new PredictCommand(console),
            new InspectCommand(console),
            new CertifyCommand(console),
            new CompactCommand(console),
            new CompareCommand(console),
            new PathCommand(console),
            new SelectCommand(console),
            new BackendsCommand(console));
    CommandLine program = new CommandLine(new Lariat());
    for (Object command : named(args, commands)) {
      CommandLine line = new CommandLine(command);
      if (command instanceof TrainCommand) {
        HelpSections.show(line);
      }
      program.addSubcommand(line);
    }
    return program
        .setOut(console.out())
        .setErr(console.err())
        .setExpandAtFiles(false); // a column may be called @home
  }

  private static List<Object> named(String[] args, List<Object> commands) {
    for (Object command : commands) {
      if (args.length > 0 && args[0].equals(name(command))) {
        return List.of(command);
      }
    }
    return commands;
  }

  private static String name(Object command) {
    return command.getClass().getAnnotation(Command.class).name();
  }

  /** No command was given. */
  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "expected a command: " + Text.list(List.copyOf(spec.subcommands().keySet()), "or"));
  }
}
