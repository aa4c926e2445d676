package io.lariat.cli;

import io.lariat.data.DataException;
import io.lariat.internal.files.AtomicFile;
import io.lariat.model.Model;
import io.lariat.model.ModelFile;
import io.lariat.report.Report;
import io.lariat.report.Study;
import io.lariat.train.TrainingException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code lariat train}: reads data, trains a network, writes the model and what to know of it. */
@Command(
    name = "train",
    header = "Train a network on a CSV or libsvm file; write model, history, summary and report.",
    customSynopsis = {
      "lariat train DATA.csv[.gz] --target COLUMN [OPTIONS]",
      "lariat train DATA.libsvm[.gz] [OPTIONS]",
      "lariat train DATA --from MODEL [OPTIONS]"
    },
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Every column but the target is a feature; text columns of few values are one-hot encoded."
            + " A libsvm file's rows stay sparse and are used as they are."
            + " The last rows validate, the others are trained on. The report compares the run"
            + " with its twin without penalties.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  lariat train src-test-data/breast_cancer.csv --target benign",
      "  lariat train digits.csv --target digit --hidden 256,128 --dropout 0.2 \\",
      "      --epochs 50 --early-stopping 5",
      "  lariat train houses.csv.gz --target price --task regression --hidden none \\",
      "      --l1 0.01 --penalize all --out prices"
    })
final class TrainCommand implements Callable<Integer> {

  @Mixin private DataOptions dataOptions;
  @Mixin private NetworkOptions networkOptions;
  @Mixin private TrainingOptions trainingOptions;
  @Mixin private PolishOptions polishOptions;
  @Mixin private BackendOption backendOption;

  @Mixin private FolderOptions folderOptions;

  @Option(
      names = "--no-compare",
      description = "Do not train the twin without penalties for the report.")
  private boolean noCompare;

  @Option(
      names = "--compact",
      description = "Write the model without its dead inputs and units; see 'lariat compact'.")
  private boolean compact;

  @Mixin private OutputOptions output;
  @ParentCommand private Lariat lariat;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    output.apply(err);
    trainingOptions.check();
    @Nullable Model from =
        trainingOptions.from == null ? null : ModelFolder.load(trainingOptions.from);
    if (from != null) {
      dataOptions.under(from.schema());
      networkOptions.take(
          from.network(), name -> spec.commandLine().getParseResult().hasMatchedOption(name));
    }
    dataOptions.check();
    networkOptions.check();
    polishOptions.check(trainingOptions);
    backendOption.check();
    PrintWriter out =
        output.quiet ? new PrintWriter(PrintWriter.nullWriter()) : spec.commandLine().getOut();
    try (OutputFolder folder = folderOptions.folder(dataOptions.path())) {
      lariat.interrupt.arm(folder);
      return train(folder, from, out, err);
    }
  }

  private int train(OutputFolder folder, @Nullable Model from, PrintWriter out, PrintWriter err) {
    TrainingRun run =
        new TrainingRun(
            dataOptions,
            networkOptions,
            trainingOptions,
            polishOptions,
            backendOption,
            from,
            !noCompare,
            compact,
            new ProgressStyle(output.quiet, out, err),
            out,
            lariat.interrupt,
            (identity, model) -> folder.parts(identity, model, folderOptions, output.notes(err)));
    @Nullable TrainResult result = result(run, folder);
    boolean cancelled = lariat.interrupt.cancellation().isCancelled();
    if (result == null) {
      err.println("lariat: stopped before the first epoch was complete; nothing was written");
      return Interrupt.EXIT_CODE;
    }
    String report = Report.html(study(result));
    boolean isCutOff = result.run().stopReason().isCutOff();
    Path written = folder.write(temporary -> write(temporary, result, report), isCutOff);
    TrainSummary.print(result, written, out);
    out.flush();
    if (result.failure() != null) {
      throw Failure.run(result.failure());
    }
    return cancelled ? Interrupt.EXIT_CODE : ExitCode.OK;
  }

  private static @Nullable TrainResult result(TrainingRun run, OutputFolder folder) {
    try {
      return run.run();
    } catch (TrainingException | DataException e) {
      folder.discardParts(); // it would end the same way again
      throw e;
    }
  }

  private static void write(Path folder, TrainResult result, String report) {
    result.saved().save(folder.resolve(ModelFile.NAME));
    AtomicFile.write(folder.resolve(RunFiles.HISTORY), HistoryCsv.of(result.run().history()));
    AtomicFile.write(folder.resolve(RunFiles.SUMMARY), SummaryJson.of(result));
    AtomicFile.write(folder.resolve(RunFiles.REPORT), report);
  }

  private static Study study(TrainResult result) {
    Map<String, String> settings = new LinkedHashMap<>();
    result.settings().forEach((name, value) -> settings.put(name, value.toString()));
    settings.put("backend", result.backend());
    return new Study(
        result.data().source(), result.run(), result.unpenalized(), settings, result.notes());
  }
}
