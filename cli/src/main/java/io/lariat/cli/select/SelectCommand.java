package io.lariat.cli.select;

import io.lariat.cli.options.DataOptions;
import io.lariat.cli.options.FolderOptions;
import io.lariat.cli.options.HiddenLayers;
import io.lariat.cli.options.KeepOption;
import io.lariat.cli.options.Numbers;
import io.lariat.cli.options.OutputOptions;
import io.lariat.cli.options.SharedOption;
import io.lariat.cli.options.ThreadsOption;
import io.lariat.cli.output.PartFolder;
import io.lariat.cli.output.RunFiles;
import io.lariat.cli.run.DataCommand;
import io.lariat.cli.run.DataRun;
import io.lariat.cli.terminal.Console;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Introduction;
import io.lariat.data.Column;
import io.lariat.data.Dataset;
import io.lariat.diagnosis.Advice;
import io.lariat.internal.files.AtomicFile;
import io.lariat.model.ModelFile;
import io.lariat.report.SelectionReport;
import io.lariat.report.SelectionStudy;
import io.lariat.select.FeatureScore;
import io.lariat.select.FeatureSelector;
import io.lariat.select.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lariat select}: which columns matter, without validation rows. */
@Command(
    name = "select",
    header = "Select the columns that matter; write them by rank, and the model refitted on them.",
    customSynopsis = "lariat select DATA.csv|.libsvm[.gz] --target COLUMN [OPTIONS]",
    descriptionHeading = "%n",
    description = {
      "Writes selected.csv (feature,rank,importance,frequency,cluster_frequency,stand_ins; a row"
          + " for each selected column), features.csv (the same of all columns), model.safetensors,"
          + " summary.json and report.html. A one-hot encoded column is one feature.",
      "",
      "lambda needs no validation rows: it is the least that keeps the network empty on 99 %% of"
          + " targets that have nothing to do with the columns. importance is how much the refitted"
          + " model's mean loss rises when the column's values are permuted among the rows that it"
          + " was fitted on: of a regression as a share of the target's variance, else in nats."
          + " frequency is the share of subsamples, halves of the rows, in which the column is"
          + " selected, cluster_frequency that in which it or one of its stand_ins is: columns with"
          + " a correlation of 0.8 or more with it and each other."
    },
    footer = {
      "  lariat select src-test-data/breast_cancer.csv --target benign",
      "  lariat select trial.csv --target outcome --keep age,dose --hidden none"
    })
public final class SelectCommand implements Callable<Integer> {

  @Mixin private DataOptions dataOptions;

  @Mixin
  private final SharedOption<HiddenLayers> hidden =
      SharedOption.hidden(
          "UNITS",
          "20",
          "Width of the hidden layer; 'none' for a linear model, whose features have signs");

  @Mixin private final KeepOption keep = new KeepOption("are selected whatever the data say");

  @Option(
      names = "--level",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      converter = Numbers.Level.class,
      description =
          "Probability of selecting something where nothing matters (default: ${DEFAULT-VALUE}).")
  private double level;

  @Option(
      names = "--subsamples",
      paramLabel = "N",
      defaultValue = "50",
      converter = Numbers.EvenCount.class,
      description =
          "Halves of the rows to select on, two a draw; 0 for none, which leaves frequency empty"
              + " (default: ${DEFAULT-VALUE}).")
  private int subsamples;

  @Mixin
  private final SharedOption<Long> seed =
      SharedOption.seed("Of initial weights, folds and subsamples");

  @Mixin private ThreadsOption threads;
  @Mixin private FolderOptions folderOptions;
  @Mixin private final OutputOptions output;

  /** A command that speaks to {@code console}. */
  public SelectCommand(Console console) {
    output = new OutputOptions(console);
  }

  @Override
  public Integer call() {
    output.apply();
    dataOptions.check();
    dataOptions.requireUsualHead("the evidence of a selection is");
    var _ = keep.names(); // is well formed
    threads.number();
    if (units().size() > 1) {
      throw Failure.usage(
          "--hidden " + hidden.value() + ": selection has one hidden layer, or none");
    }
    return new DataCommand(dataOptions, folderOptions, output)
        .run("selecting", "selection", this::select);
  }

  private int select(DataRun run) {
    Dataset data = run.data();
    keep.check(data);
    var _ =
        hidden
            .value()
            .network(data, FeatureSelector.ACTIVATION, dataOptions.head(data)); // is not too large
    Introduction.line(run.out(), "data", Introduction.data(data, dataOptions.head(data)));
    run.out().flush();
    long model = 8L * data.features() * (1 + units().stream().mapToInt(u -> u).sum());
    PartFolder parts = run.parts("double precision", model, () -> identity(data));
    long start = System.nanoTime();
    Selection selection = select(run, parts);
    double seconds = (System.nanoTime() - start) * 1e-9;
    SelectionStudy study =
        new SelectionStudy(
            data.source(),
            data.schema(),
            data.rows(),
            selection,
            level,
            settings(data),
            notes(data, selection));
    SelectResult result = new SelectResult(study, data, seconds);
    String report = SelectionReport.html(result.study());
    Path written = run.folder().write(temporary -> write(temporary, result, report));
    SelectSummary.print(result, written, run.out());
    return ExitCode.OK;
  }

  private List<Integer> units() {
    return hidden.value().units();
  }

  /** All that the result depends on besides the data: no path, no number of threads. */
  private Map<String, Object> identity(Dataset data) {
    Map<String, Object> settings = settings(data);
    settings.keySet().removeAll(List.of("data", "threads"));
    return settings;
  }

  private Selection select(DataRun run, PartFolder parts) {
    FeatureSelector selector =
        FeatureSelector.create()
            .hidden(units().isEmpty() ? 0 : units().getFirst())
            .keep(keep.names())
            .level(level)
            .stability(subsamples / 2)
            .seed(seed.value());
    return run.set(selector, threads.number(), parts).fit(run.data());
  }

  private Map<String, Object> settings(Dataset data) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("data", data.location());
    dataOptions.describe(settings);
    settings.put("hidden", hidden.value().toString());
    keep.describe(settings);
    settings.put("level", level);
    settings.put("subsamples", subsamples);
    settings.put("seed", seed.value());
    settings.put("threads", threads.number());
    return settings;
  }

  private static List<String> notes(Dataset data, Selection selection) {
    BitSet used = new BitSet();
    int at = 0;
    List<Column> columns = data.schema().columns();
    for (FeatureScore feature : selection.features()) {
      int width = columns.get(feature.index()).width();
      used.set(at, at + width, feature.selected());
      at += width;
    }
    List<String> notes = new ArrayList<>(Advice.ofSelection(data, used::get));
    notes.addAll(SelectNotes.of(selection));
    notes.addAll(data.notes());
    return notes;
  }

  private static void write(Path folder, SelectResult result, String report) {
    AtomicFile.write(
        folder.resolve(RunFiles.SELECTED),
        SelectCsv.of(result.selection(), result.selection().selected()));
    AtomicFile.write(
        folder.resolve(RunFiles.FEATURES), SelectCsv.of(result.selection(), result.byRank()));
    result.model().save(folder.resolve(ModelFile.NAME));
    AtomicFile.write(folder.resolve(RunFiles.SUMMARY), SelectJson.of(result));
    AtomicFile.write(folder.resolve(RunFiles.REPORT), report);
  }
}
