package io.lariat.cli.path;

import io.lariat.cli.options.BackendOption;
import io.lariat.cli.options.DataOptions;
import io.lariat.cli.options.FolderOptions;
import io.lariat.cli.options.OutputOptions;
import io.lariat.cli.output.RunFiles;
import io.lariat.cli.run.DataCommand;
import io.lariat.cli.run.DataRun;
import io.lariat.cli.terminal.Console;
import io.lariat.cli.words.Text;
import io.lariat.internal.files.AtomicFile;
import io.lariat.model.ModelFile;
import io.lariat.path.LambdaPath;
import io.lariat.path.LinearSolution;
import io.lariat.report.PathReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code lariat path}: models for many lambdas, one of them chosen by cross-validation. */
@Command(
    name = "path",
    header = "Train a model for each of many lambdas and choose one by cross-validation.",
    customSynopsis = "lariat path DATA.csv|.libsvm[.gz] --target COLUMN [OPTIONS]",
    descriptionHeading = "%n",
    description = {
      "Writes path.csv (a row a lambda), the chosen model, a report and summary.json; of linear"
          + " models also coefficients.csv (of several classes a row for each).",
      "",
      "The objective is mean loss + LAMBDA * sum |w| + LAMBDA2 * sum w^2. The loss of a class is"
          + " its cross-entropy, that of a number (z - y)^2 without a half. Features, and the"
          + " target of a regression, have mean 0 and variance 1 (divisor n) over the rows that"
          + " are trained on; coefficients, losses and kkt are on that scale. So glmnet's lambda"
          + " is the same for classes, and lambda / 2 * sd(y) for a regression.",
      "",
      "kkt is the most by which a condition of optimality is violated: rounding for linear models."
          + " Networks are trained at the smallest lambda first and follow it up, every kernel is"
          + " penalised, and kkt cannot reach 0 where rows rest at a kink, as relu has one."
    },
    footer = {
      "  lariat path src-test-data/breast_cancer.csv --target benign --hidden none",
      "  lariat path houses.csv --target price --hidden none --lambdas 0.1,0.03,0.01",
      "  lariat path src-test-data/breast_cancer.csv --target benign --hidden 20"
    })
public final class PathCommand implements Callable<Integer> {

  @Mixin private DataOptions dataOptions;
  @Mixin private PathOptions pathOptions;
  @Mixin private BackendOption backendOption;
  @Mixin private FolderOptions folderOptions;
  @Mixin private final OutputOptions output;

  /** A command that speaks to {@code console}. */
  public PathCommand(Console console) {
    output = new OutputOptions(console);
  }

  @Override
  public Integer call() {
    output.apply();
    dataOptions.check();
    pathOptions.check();
    backendOption.check();
    return new DataCommand(dataOptions, folderOptions, output).run("path", "path", this::path);
  }

  private int path(DataRun run) {
    try (PathRun path = new PathRun(run, dataOptions, pathOptions, backendOption)) {
      path.introduce();
      PathResult result = path.run();
      Path written = run.folder().write(temporary -> write(temporary, result));
      report(run.out(), result, written);
      return ExitCode.OK;
    }
  }

  private static void report(PrintWriter out, PathResult result, Path written) {
    out.println();
    PathTable.lines(result.path()).forEach(line -> out.println(Text.oneLine(line)));
    PathTable.measure(result.path()).forEach(line -> out.println(Text.oneLine(line)));
    result.notes().forEach(note -> out.println("note   " + Text.oneLine(note)));
    out.println();
    @Nullable Integer chosen = result.chosen();
    if (chosen == null) {
      out.println("no model is written: without cross-validation no lambda is chosen");
    }
    out.println(
        "files  "
            + Text.oneLine(String.valueOf(written))
            + ": path.csv, "
            + (result.linear() == null ? "" : "coefficients.csv, ")
            + (chosen == null ? "" : "model.safetensors, ")
            + "summary.json, report.html");
    out.println("next   open " + Text.oneLine(written.resolve("report.html") + " in a browser"));
    out.flush();
  }

  private static void write(Path folder, PathResult result) {
    @Nullable LambdaPath<LinearSolution> linear = result.linear();
    AtomicFile.write(folder.resolve(RunFiles.PATH), PathCsv.of(result.path()));
    if (linear != null) {
      AtomicFile.write(folder.resolve(RunFiles.COEFFICIENTS), CoefficientsCsv.of(linear));
    }
    @Nullable Integer chosen = result.chosen();
    if (chosen != null) {
      result.model(chosen).save(folder.resolve(ModelFile.NAME));
    }
    AtomicFile.write(folder.resolve(RunFiles.SUMMARY), PathJson.of(result));
    AtomicFile.write(
        folder.resolve(RunFiles.REPORT),
        PathReport.html(
            result.path().data().source(),
            result.path(),
            chosen,
            result.settings(),
            result.notes()));
  }
}
