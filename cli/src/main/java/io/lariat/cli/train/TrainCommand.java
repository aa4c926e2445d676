package io.lariat.cli.train;

import io.lariat.cli.options.OutputOptions;
import io.lariat.cli.output.RunFiles;
import io.lariat.cli.run.DataCommand;
import io.lariat.cli.run.DataRun;
import io.lariat.cli.terminal.Console;
import io.lariat.cli.terminal.Interrupt;
import io.lariat.cli.words.Failure;
import io.lariat.internal.files.AtomicFile;
import io.lariat.model.Model;
import io.lariat.model.ModelFile;
import io.lariat.report.Report;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
    descriptionHeading = "%n",
    description =
        "Every column but the target is a feature; text columns of few values are one-hot encoded."
            + " A libsvm file's rows stay sparse and are used as they are."
            + " The last rows validate, the others are trained on. The report compares the run"
            + " with its twin without penalties.",
    footer = {
      "  lariat train src-test-data/breast_cancer.csv --target benign",
      "  lariat train digits.csv --target digit --hidden 256,128 --dropout 0.2 \\",
      "      --epochs 50 --early-stopping 5",
      "  lariat train houses.csv.gz --target price --task regression --hidden none \\",
      "      --l1 0.01 --penalize all --out prices"
    })
public final class TrainCommand implements Callable<Integer> {

  @Mixin private TrainOptions options;
  @Mixin private final OutputOptions output;

  @Spec private CommandSpec spec;

  /** A command that speaks to {@code console}. */
  public TrainCommand(Console console) {
    output = new OutputOptions(console);
  }

  @Override
  public Integer call() {
    output.apply();
    @Nullable Model from =
        options.check(name -> spec.commandLine().getParseResult().hasMatchedOption(name));
    return new DataCommand(options.data, options.folder, output)
        .run("training", "training", run -> train(run, from));
  }

  private int train(DataRun run, @Nullable Model from) {
    @Nullable TrainResult result = new TrainingRun(run, options, from).run();
    boolean cancelled = run.cancellation().isCancelled();
    if (result == null) {
      output
          .err()
          .println("lariat: stopped before the first epoch was complete; nothing was written");
      return Interrupt.EXIT_CODE;
    }
    String report = Report.html(result.study());
    boolean isCutOff = result.run().stopReason().isCutOff();
    Path written = run.folder().write(files -> write(files, result, report), isCutOff);
    TrainSummary.print(result, written, run.out());
    run.out().flush();
    if (result.failure() != null) {
      throw Failure.run(result.failure());
    }
    return cancelled ? Interrupt.EXIT_CODE : ExitCode.OK;
  }

  private static void write(Path folder, TrainResult result, String report) {
    result.saved().save(folder.resolve(ModelFile.NAME));
    AtomicFile.write(folder.resolve(RunFiles.HISTORY), HistoryCsv.of(result.run().history()));
    AtomicFile.write(folder.resolve(RunFiles.SUMMARY), TrainJson.of(result));
    AtomicFile.write(folder.resolve(RunFiles.REPORT), report);
  }
}
