package io.lariat.cli;

import io.lariat.model.Model;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lariat inspect}: says what a model is. */
@Command(
    name = "inspect",
    header = "Show a model: architecture, zeros, features in use, how it was trained.",
    customSynopsis = "lariat inspect DIR|MODEL.safetensors [OPTIONS]",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {"  lariat inspect lariat-out/breast_cancer-1", "  lariat inspect model.safetensors"})
final class InspectCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DIR|MODEL.safetensors",
      converter = FilePath.class,
      description = "A folder that 'lariat train' wrote, or a model file.")
  private @Nullable Path modelPath;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    output.apply(spec.commandLine().getErr());
    if (modelPath == null) {
      throw Failure.usage("no model given: name a folder that 'lariat train' wrote");
    }
    Model model = ModelFolder.load(modelPath);
    ModelDescription.print(model, modelPath, spec.commandLine().getOut());
    return ExitCode.OK;
  }
}
