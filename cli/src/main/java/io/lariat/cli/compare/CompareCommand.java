package io.lariat.cli.compare;

import io.lariat.backend.Activation;
import io.lariat.backend.Choice;
import io.lariat.cli.options.BackendOption;
import io.lariat.cli.options.DataOptions;
import io.lariat.cli.options.FolderOptions;
import io.lariat.cli.options.HiddenLayers;
import io.lariat.cli.options.Numbers;
import io.lariat.cli.options.OutputOptions;
import io.lariat.cli.options.SharedOption;
import io.lariat.cli.options.ShortRun;
import io.lariat.cli.output.RunFiles;
import io.lariat.cli.run.DataCommand;
import io.lariat.cli.run.DataRun;
import io.lariat.cli.terminal.Console;
import io.lariat.cli.words.Text;
import io.lariat.compare.Comparison;
import io.lariat.compare.ComparisonResult;
import io.lariat.compare.ComparisonRow;
import io.lariat.data.Dataset;
import io.lariat.internal.files.AtomicFile;
import io.lariat.model.Network;
import io.lariat.report.ComparisonReport;
import io.lariat.train.Optimizer;
import io.lariat.train.Trainer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lariat compare}: trains with each regularization and tabulates what it gives. */
@Command(
    name = "compare",
    header = "Compare no penalty, L1, L2, elastic net, L1 + dropout, L1 + early stopping.",
    customSynopsis = "lariat compare DATA.csv|.libsvm[.gz] --target COLUMN [OPTIONS]",
    descriptionHeading = "%n",
    description =
        "A fifth of the rows, drawn from the seed, is kept for the test. On the others each lambda"
            + " is chosen by cross-validation, and the network is then trained from several seeds,"
            + " each with a fold of its own for validation. The table gives mean and standard"
            + " deviation; the report also the curves.",
    footer = {
      "  lariat compare src-test-data/breast_cancer.csv --target benign --epochs 50",
      "  lariat compare houses.csv --target price --hidden 64 --lambdas 0.001,0.01,0.1"
    })
public final class CompareCommand implements Callable<Integer> {

  @Mixin private DataOptions dataOptions;

  @Mixin
  private final SharedOption<HiddenLayers> hidden =
      SharedOption.hidden("UNITS,...", "128,64", "Widths of the hidden layers; 'none' for none");

  @Mixin private final SharedOption<Activation> activation = SharedOption.activation();

  @Option(
      names = "--lambdas",
      paramLabel = "LAMBDA,...",
      converter = Numbers.Lambdas.class,
      description = "What to choose each lambda from (default: 9 of them from 1e-5 to 0.1).")
  private @Nullable List<Double> lambdas;

  @Option(
      names = "--folds",
      paramLabel = "N",
      defaultValue = "5",
      converter = Numbers.Folds.class,
      description = "Folds of the cross-validation (default: ${DEFAULT-VALUE}).")
  private int folds;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      converter = Numbers.Count.class,
      description = "Trainings that each final figure is of (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--dropout",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      converter = Numbers.Share.class,
      description = "Of the row 'L1 + dropout' (default: ${DEFAULT-VALUE}).")
  private double dropout;

  @Option(
      names = "--patience",
      paramLabel = "EPOCHS",
      defaultValue = "5",
      converter = Numbers.CountOrZero.class,
      description = "Of the row 'L1 + early stopping' (default: ${DEFAULT-VALUE}).")
  private int patience;

  @Mixin
  private final SharedOption<Double> learningRate = SharedOption.learningRate("0.001", "Of Adam");

  @Mixin
  private final SharedOption<Integer> epochs =
      SharedOption.epochs("15", "How often every training row is seen");

  @Mixin
  private final SharedOption<Integer> batchSize =
      SharedOption.batchSize("128", "Rows of a mini-batch");

  @Mixin
  private final SharedOption<Boolean> noStandardize =
      SharedOption.noStandardize(
          "Use features (and a regression's target) as they are; sparse rows always are.");

  @Mixin
  private final SharedOption<Long> seed =
      SharedOption.seed("Of the test rows, the folds and the trainings");

  @Mixin private BackendOption backendOption;
  @Mixin private FolderOptions folderOptions;
  @Mixin private final OutputOptions output;

  /** A command that speaks to {@code console}. */
  public CompareCommand(Console console) {
    output = new OutputOptions(console);
  }

  @Override
  public Integer call() {
    output.apply();
    dataOptions.check();
    backendOption.check();
    return new DataCommand(dataOptions, folderOptions, output)
        .run("comparing", "comparison", this::compare);
  }

  private int compare(DataRun run) {
    ComparisonResult result = comparison(run);
    String report = ComparisonReport.html(run.data().source(), result, shown(run.data()));
    Path written =
        run.folder()
            .write(
                temporary -> {
                  AtomicFile.write(
                      temporary.resolve(RunFiles.COMPARISON), CompareCsv.of(result.rows()));
                  AtomicFile.write(temporary.resolve(RunFiles.REPORT), report);
                });
    print(result, written, run.out());
    run.out().flush();
    return ExitCode.OK;
  }

  private static void print(ComparisonResult result, Path folder, PrintWriter out) {
    result.table().forEach(line -> out.println(Text.oneLine(line)));
    for (ComparisonRow row : result.rows()) {
      int diverged = result.seeds() - row.histories().size();
      if (diverged > 0) {
        out.println(
            Text.of(
                "note   %s: %d of %d trainings diverged; its figures are of the others",
                row.regularization().label(), diverged, result.seeds()));
      }
    }
    out.println();
    out.println(
        "gap: the validation rows' data loss less that of the rows trained on;"
            + " parameters and us/row: without what is dead");
    out.println("files  " + Text.oneLine(folder + ": compare.csv, report.html"));
    out.println("next   open " + Text.oneLine(folder.resolve("report.html") + " in a browser"));
  }

  /** All that the result depends on besides the data and what computes. */
  private Map<String, Object> settings() {
    Map<String, Object> all = new LinkedHashMap<>();
    dataOptions.describe(all);
    all.put("hidden", hidden.value());
    all.put("activation", Text.word(activation.value()));
    all.put("lambdas", lambdas == null ? Comparison.LAMBDAS : lambdas);
    all.put("folds", folds);
    all.put("seeds", seeds);
    all.put("dropout", dropout);
    all.put("patience", patience);
    all.put("learning_rate", learningRate.value());
    all.put("epochs", epochs.value());
    all.put("batch_size", batchSize.value());
    all.put("standardize", !noStandardize.value());
    all.put("seed", seed.value());
    return all;
  }

  private Map<String, Object> shown(Dataset data) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("data", data.location());
    shown.putAll(settings());
    return shown;
  }

  private ComparisonResult comparison(DataRun run) {
    Dataset data = run.data();
    Network network = hidden.value().network(data, activation.value(), dataOptions.head(data));
    Comparison comparison =
        Comparison.of(network)
            .training(trainer -> training(trainer, data))
            .folds(folds)
            .seeds(seeds)
            .dropout(dropout)
            .patience(patience)
            .seed(seed.value())
            .threads(backendOption.threads())
            .cancellation(run.cancellation())
            .progress(run.progress());
    if (lambdas != null) {
      comparison.lambdas(lambdas);
    }
    // some 200 trainings: never a short run, unless they are tiny
    boolean isShort = ShortRun.is(network, data, 200.0 * epochs.value());
    try (Choice backend = backendOption.choose(isShort, 1)) {
      String description = BackendOption.description(backend, backendOption.threads());
      comparison.parts(run.parts(description, 0, this::settings));
      return comparison.fit(data, backend::open);
    }
  }

  private Trainer training(Trainer trainer, Dataset data) {
    trainer
        .epochs(epochs.value())
        .batchSize(batchSize.value())
        .optimizer(Optimizer.adam(learningRate.value()));
    return noStandardize.value() || data.sparseRows() != null ? trainer : trainer.standardize();
  }
}
