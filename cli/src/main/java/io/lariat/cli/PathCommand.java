package io.lariat.cli;

import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.train.TrainingException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code lariat path}: models for many lambdas, one of them chosen by cross-validation. */
@Command(
    name = "path",
    header = "Train a model for each of many lambdas and choose one by cross-validation.",
    customSynopsis = "lariat path DATA.csv|.libsvm[.gz] --target COLUMN [OPTIONS]",
    synopsisHeading = "%nUsage: ",
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
          + " penalised, and with relu kkt cannot reach 0 where rows rest at a kink."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  lariat path src-test-data/breast_cancer.csv --target benign --hidden none",
      "  lariat path houses.csv --target price --hidden none --lambdas 0.1,0.03,0.01",
      "  lariat path src-test-data/breast_cancer.csv --target benign --hidden 20"
    })
final class PathCommand implements Callable<Integer> {

  @Mixin private DataOptions dataOptions;
  @Mixin private PathOptions pathOptions;
  @Mixin private BackendOption backendOption;

  @Mixin private FolderOptions folderOptions;

  @Mixin private OutputOptions output;
  @ParentCommand private Lariat lariat;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    output.apply(err);
    dataOptions.check();
    pathOptions.check();
    backendOption.check();
    PrintWriter out =
        output.quiet ? new PrintWriter(PrintWriter.nullWriter()) : spec.commandLine().getOut();
    try (OutputFolder folder = folderOptions.folder(dataOptions.path());
        JobLines shown = new JobLines(output.quiet, err, "path")) {
      lariat.interrupt.arm(folder);
      Dataset data = dataOptions.read(new ProgressStyle(output.quiet, out, err), lariat.interrupt);
      try (PathRun run =
          new PathRun(
              data, dataOptions, pathOptions, backendOption, lariat.interrupt.cancellation())) {
        run.introduce(out);
        return finish(run, folder, shown, out);
      }
    }
  }

  private int finish(PathRun run, OutputFolder folder, JobLines shown, PrintWriter out) {
    PrintWriter err = spec.commandLine().getErr();
    PartFolder parts =
        folder.parts(run::identity, run.modelBytes(), folderOptions, output.notes(err));
    try {
      PathResult result = run.run(parts, shown);
      Path written = folder.write(temporary -> PathFiles.write(temporary, result));
      report(out, result, written);
      return ExitCode.OK;
    } catch (CancellationException e) {
      err.println("lariat: stopped before the path was complete; " + folder.leaveParts());
      return Interrupt.EXIT_CODE;
    } catch (TrainingException | DataException e) {
      folder.discardParts(); // it would end the same way again
      throw e;
    }
  }

  private static void report(PrintWriter out, PathResult result, Path written) {
    out.println();
    PathTable.lines(result.path()).forEach(line -> out.println(Failures.oneLine(line)));
    PathTable.measure(result.path()).forEach(line -> out.println(Failures.oneLine(line)));
    result.notes().forEach(note -> out.println("note   " + Failures.oneLine(note)));
    out.println();
    @Nullable Integer chosen = result.chosen();
    if (chosen == null) {
      out.println("no model is written: without cross-validation no lambda is chosen");
    }
    out.println(
        "files  "
            + Failures.oneLine(String.valueOf(written))
            + ": path.csv, "
            + (result.linear() == null ? "" : "coefficients.csv, ")
            + (chosen == null ? "" : "model.safetensors, ")
            + "summary.json, report.html");
    out.println(
        "next   open " + Failures.oneLine(written.resolve("report.html") + " in a browser"));
    out.flush();
  }
}
