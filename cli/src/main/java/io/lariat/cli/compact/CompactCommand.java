package io.lariat.cli.compact;

import io.lariat.cli.options.FilePath;
import io.lariat.cli.options.FormatOption;
import io.lariat.cli.options.ModelArgument;
import io.lariat.cli.options.OutputOptions;
import io.lariat.cli.output.OutputFile;
import io.lariat.cli.terminal.Console;
import io.lariat.cli.terminal.Reading;
import io.lariat.cli.words.CompactionText;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Text;
import io.lariat.data.Features;
import io.lariat.model.Compaction;
import io.lariat.model.Model;
import io.lariat.model.ModelFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lariat compact}: cuts a model down to what its outputs depend on. */
@Command(
    name = "compact",
    header = "Make a smaller model that predicts the same: without dead inputs and units.",
    customSynopsis = "lariat compact DIR|MODEL.safetensors [DATA.csv|.libsvm[.gz]] [OPTIONS]",
    descriptionHeading = "%n",
    description =
        "Inputs and units whose weights are zero are left out; a unit that gives the same output"
            + " for every row becomes part of the next bias. The smaller model needs fewer columns."
            + " With data, both models predict its rows, and nothing is written if they differ by"
            + " more than the tolerance that is printed.%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "  lariat compact lariat-out/breast_cancer-1 src-test-data/breast_cancer.csv",
      "  lariat compact model.safetensors --out small.safetensors"
    })
public final class CompactCommand implements Callable<Integer> {

  @Mixin private ModelArgument model;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DATA.csv|.libsvm[.gz]",
      converter = FilePath.class,
      description = "Rows to compare the predictions on.")
  private @Nullable Path data;

  @Mixin private FormatOption format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      converter = FilePath.class,
      description =
          "Where the smaller model goes (default: beside the model, with '-compact' in its name).")
  private @Nullable Path outFile;

  @Option(names = "--force", description = "Replace the file if there is one.")
  private boolean force;

  @Mixin private final OutputOptions output;

  /** A command that speaks to {@code console}. */
  public CompactCommand(Console console) {
    output = new OutputOptions(console);
  }

  @Override
  public Integer call() {
    output.apply();
    Path modelPath = model.path();
    Path file = outFile == null ? besides(modelPath) : outFile;
    OutputFile.requireNoInput(file, modelPath, data);
    requireFree(file);
    OutputFile.requireWritable(file);
    PrintWriter out = output.out();
    Model original = model.load();
    Compaction compaction = Compaction.of(original);
    CompactionText text = new CompactionText(original, compaction);
    Compaction.@Nullable Check check = data == null ? null : compaction.check(read(data, original));
    if (check != null && !check.holds()) {
      throw Failure.run(data + ": " + CompactionText.failed(check) + "; nothing was written");
    }
    output.interrupt().arm(); // Ctrl-C waits until no temporary file is left
    OutputFile.write(file, () -> compaction.model().save(file));
    text.lines(check).forEach((label, line) -> line(out, label, line));
    line(out, "file", file.toString());
    out.flush();
    return ExitCode.OK;
  }

  private static void line(PrintWriter out, String label, String text) {
    out.println(Text.of("%-11s ", label) + Text.oneLine(text));
  }

  /** The default place: {@code model-compact.safetensors}. */
  private static Path besides(Path model) {
    Path file = Files.isDirectory(model) ? model.resolve(ModelFile.NAME) : model;
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(name.replaceFirst("(\\.safetensors)?$", "-compact.safetensors"));
  }

  private void requireFree(Path file) {
    if (Files.isDirectory(file)) {
      throw Failure.usage("--out " + file + ": is a folder; name a file");
    }
    if (!force && Files.exists(file)) {
      throw Failure.usage(file + ": is already there; add --force to replace it, or name --out");
    }
  }

  private Features read(Path path, Model original) {
    try (Reading shown = output.reading()) {
      return format.table(path).features(original.schema(), shown);
    }
  }
}
