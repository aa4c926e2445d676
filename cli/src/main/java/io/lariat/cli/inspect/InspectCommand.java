package io.lariat.cli.inspect;

import io.lariat.cli.options.ModelArgument;
import io.lariat.cli.options.OutputOptions;
import io.lariat.cli.terminal.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code lariat inspect}: says what a model is. */
@Command(
    name = "inspect",
    header = "Show a model: architecture, zeros, features in use, how it was trained.",
    customSynopsis = "lariat inspect DIR|MODEL.safetensors [OPTIONS]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {"  lariat inspect lariat-out/breast_cancer-1", "  lariat inspect model.safetensors"})
public final class InspectCommand implements Callable<Integer> {

  @Mixin private ModelArgument model;
  @Mixin private final OutputOptions output;
  private final Console console;

  /** A command that speaks to {@code console}. */
  public InspectCommand(Console console) {
    this.console = console;
    output = new OutputOptions(console);
  }

  @Override
  public Integer call() {
    output.apply();
    ModelDescription.print(model.load(), model.path(), console.out());
    return ExitCode.OK;
  }
}
