package io.lariat.cli;

import io.lariat.data.AtomicFile;
import io.lariat.data.Csv;
import io.lariat.data.Features;
import io.lariat.data.Libsvm;
import io.lariat.model.Model;
import io.lariat.model.ModelFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code lariat predict}: reads a model and rows, writes a prediction for each row. */
@Command(
    name = "predict",
    header = "Predict the rows of a CSV file with a trained model.",
    customSynopsis = "lariat predict DIR|MODEL.safetensors DATA.csv|.libsvm[.gz] [OPTIONS]",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Columns are found by name, in any order; columns that the model does not know are ignored,"
            + " the target may be there or not. The predictions are CSV: 'prediction', and for"
            + " classes 'probability' (of the positive class) or a 'probability_<class>' for each"
            + " class.%n",
    optionListHeading = "%nOptions:%n",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  lariat predict lariat-out/breast_cancer-1 new.csv",
      "  lariat predict model.safetensors new.csv.gz --out predictions.csv"
    })
final class PredictCommand implements Callable<Integer> {
  private static final int MOST_NAMED = 10;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DIR|MODEL.safetensors",
      converter = FilePath.class,
      description = "A folder that 'lariat train' wrote, or a model file.")
  private @Nullable Path modelPath;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DATA.csv|.libsvm[.gz]",
      converter = FilePath.class,
      description = "The rows to predict.")
  private @Nullable Path data;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      converter = Words.Format.class,
      description =
          "auto, csv or libsvm; auto takes files named .libsvm, .svm or .svmlight for libsvm"
              + " (default: ${DEFAULT-VALUE}).")
  private DataFormat format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "Where the predictions go (default: standard output).")
  private @Nullable Path outFile;

  @Mixin private OutputOptions output;
  @ParentCommand private Lariat lariat;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    output.apply(err);
    if (modelPath == null) {
      throw Failure.usage("no model given: name a folder that 'lariat train' wrote");
    }
    if (data == null) {
      throw Failure.usage("no data given: name the CSV file to predict after the model");
    }
    requireOutIsNoInput(modelPath, data);
    if (outFile != null) {
      OutputFile.requireWritable(outFile);
    }
    Model model = ModelFolder.load(modelPath);
    Features features = read(data, model, err);
    double[] outputs = model.predict(features);
    String text = PredictionsCsv.of(model, outputs, features.rows());
    if (outFile == null) {
      spec.commandLine().getOut().print(text);
    } else {
      write(outFile, text);
    }
    if (!output.quiet) {
      noteIgnored(err, data, model, features.ignored());
    }
    return ExitCode.OK;
  }

  private Features read(Path path, Model model, PrintWriter err) {
    PrintWriter out = spec.commandLine().getOut();
    try (Reading shown = new ProgressStyle(output.quiet, out, err).reading()) {
      return format.of(path) == DataFormat.LIBSVM
          ? Libsvm.readFeatures(path, model.schema(), shown)
          : Csv.readFeatures(path, model.schema(), shown);
    }
  }

  private void requireOutIsNoInput(Path model, Path rows) {
    for (Path input : List.of(model, model.resolve(ModelFile.NAME), rows)) {
      try {
        if (outFile != null
            && Files.exists(outFile)
            && Files.exists(input)
            && Files.isRegularFile(input)
            && Files.isSameFile(outFile, input)) {
          throw Failure.usage("--out " + outFile + ": is an input; name another file");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void write(Path file, String text) {
    lariat.interrupt.arm(); // Ctrl-C waits until no temporary file is left
    OutputFile.write(file, () -> AtomicFile.write(file, text));
  }

  private void noteIgnored(PrintWriter err, Path data, Model model, List<String> ignored) {
    String target = model.schema().target().name();
    List<String> extra = ignored.stream().filter(name -> !name.equals(target)).toList();
    if (format.of(data) == DataFormat.LIBSVM && !extra.isEmpty()) {
      err.println(
          Failures.oneLine(
              String.format(
                  Locale.ROOT, "lariat: note: %s: ignored %s", data, String.join(", ", extra))));
    } else if (!extra.isEmpty()) {
      List<String> named = extra.subList(0, Math.min(MOST_NAMED, extra.size()));
      err.println(
          Failures.oneLine(
              String.format(
                  Locale.ROOT,
                  "lariat: note: %s: ignored %s that the model does not know: %s%s",
                  data,
                  Figures.count(extra.size(), "column"),
                  String.join(", ", named),
                  named.size() < extra.size() ? ", ..." : "")));
    }
  }
}
