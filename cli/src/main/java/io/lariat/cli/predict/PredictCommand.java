package io.lariat.cli.predict;

import io.lariat.cli.options.FilePath;
import io.lariat.cli.options.FormatOption;
import io.lariat.cli.options.ModelArgument;
import io.lariat.cli.options.OutputOptions;
import io.lariat.cli.output.OutputFile;
import io.lariat.cli.terminal.Console;
import io.lariat.cli.terminal.Reading;
import io.lariat.cli.terminal.Terminal;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Text;
import io.lariat.data.Features;
import io.lariat.data.Table;
import io.lariat.data.TableSource;
import io.lariat.internal.files.AtomicFile;
import io.lariat.model.Model;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lariat predict}: reads a model and rows, writes a prediction for each row. */
@Command(
    name = "predict",
    header = "Predict the rows of a CSV file with a trained model.",
    customSynopsis = "lariat predict DIR|MODEL.safetensors DATA.csv|.libsvm[.gz] [OPTIONS]",
    descriptionHeading = "%n",
    description =
        "Columns are found by name, in any order; columns that the model does not know are ignored,"
            + " the target may be there or not. The predictions are CSV: 'prediction', and for"
            + " classes 'probability' (of the positive class) or a 'probability_<class>' for each"
            + " class. Rows are predicted while they are read, any number of them in little"
            + " memory.%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "  lariat predict lariat-out/breast_cancer-1 new.csv",
      "  lariat predict model.safetensors new.csv.gz --out predictions.csv"
    })
public final class PredictCommand implements Callable<Integer> {
  private static final int MOST_NAMED = 10;

  @Mixin private ModelArgument modelArgument;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DATA.csv|.libsvm[.gz]",
      converter = FilePath.class,
      description = "The rows to predict.")
  private @Nullable Path data;

  @Mixin private FormatOption format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "Where the predictions go (default: standard output).")
  private @Nullable Path outFile;

  @Option(
      names = "--on-error",
      paramLabel = "WHAT",
      defaultValue = "fail",
      converter = OnError.Converter.class,
      description =
          "Where a row has no finite prediction, as its values are too large for the model: fail,"
              + " or nan to write NaN and no class, and say how many (default:"
              + " ${DEFAULT-VALUE}).")
  private OnError onError;

  @Mixin private final OutputOptions output;
  private final Console console;

  /** A command that speaks to {@code console}. */
  public PredictCommand(Console console) {
    this.console = console;
    output = new OutputOptions(console);
  }

  @Override
  public Integer call() {
    output.apply();
    Path modelPath = modelArgument.path();
    if (data == null) {
      throw Failure.usage("no data given: name the CSV file to predict after the model");
    }
    if (outFile != null) {
      OutputFile.requireNoInput(outFile, modelPath, data);
      OutputFile.requireWritable(outFile);
    }
    Model model = modelArgument.load();
    PredictionsCsv predictions = new PredictionsCsv(model, data.toString(), onError);
    Table rows = format.table(data);
    List<String> ignored =
        outFile == null
            ? print(rows, model, predictions)
            : write(outFile, rows, model, predictions);
    @Nullable String notFinite = predictions.notFiniteNote();
    if (notFinite != null) {
      console
          .err()
          .println("lariat: " + Text.oneLine(notFinite)); // an error, though one to live with
    }
    noteIgnored(rows.source(), model, ignored);
    @Nullable String note = predictions.note();
    if (note != null) {
      output.note(note);
    }
    return ExitCode.OK;
  }

  /** Where a block of rows goes. */
  @FunctionalInterface
  private interface Sink {
    void take(Features block) throws IOException;
  }

  /** A failure to write, carried through the reading in whose midst it is. */
  private static final class Unwritten extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final IOException reason;

    Unwritten(IOException reason) {
      super(reason);
      this.reason = reason;
    }
  }

  /** Reads the rows in blocks; what of the file the model does not know. */
  private List<String> read(Table table, Model model, Sink sink) {
    boolean isShown = outFile != null || !Terminal.showsOutput(); // else the rows themselves are
    try (Reading shown = new Reading(console.err(), output.isQuiet() || !isShown)) {
      return table.features(
          model.schema(),
          shown,
          block -> {
            try {
              sink.take(block);
            } catch (IOException e) {
              throw new Unwritten(e);
            }
          });
    }
  }

  /** Writes all predictions, or nothing; what of the rows the model does not know. */
  private List<String> write(Path file, Table rows, Model model, PredictionsCsv predictions) {
    List<String> ignored = new ArrayList<>();
    OutputFile.write(
        file,
        () ->
            AtomicFile.write(
                file,
                // Until all rows are there; what then is left to do is waited for.
                out ->
                    ignored.addAll(
                        console
                            .interrupt()
                            .endingAtOnce(
                                console.err(),
                                "stopped before all rows were predicted; nothing was written",
                                () -> write(out, rows, model, predictions)))));
    return ignored;
  }

  private List<String> write(
      OutputStream out, Table rows, Model model, PredictionsCsv predictions) {
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    try {
      List<String> ignored = read(rows, model, block -> predictions.write(block, text));
      text.flush();
      return ignored;
    } catch (Unwritten e) {
      throw new UncheckedIOException(e.reason);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints predictions as they come; what of the rows the model does not know. */
  private List<String> print(Table rows, Model model, PredictionsCsv predictions) {
    PrintWriter out = console.out();
    try {
      return read(
          rows,
          model,
          block -> {
            predictions.write(block, out);
            if (out.checkError()) {
              throw new IOException("standard output takes no more");
            }
          });
    } catch (Unwritten e) {
      return List.of(); // the program says why, unless it is only that the reader has gone
    }
  }

  private void noteIgnored(TableSource rows, Model model, List<String> ignored) {
    String target = model.schema().target().name();
    List<String> extra = ignored.stream().filter(name -> !name.equals(target)).toList();
    if (rows.isSparse() && !extra.isEmpty()) {
      output.note(rows.name() + ": ignored " + String.join(", ", extra));
    } else if (!extra.isEmpty()) {
      output.note(
          Text.of(
              "%s: ignored %s that the model does not know: %s",
              rows.name(), Figures.count(extra.size(), "column"), Text.first(extra, MOST_NAMED)));
    }
  }
}
