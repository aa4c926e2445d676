package io.lariat.cli;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.backend.Penalty;
import io.lariat.data.Dataset;
import io.lariat.data.Precision;
import io.lariat.model.Network;
import io.lariat.path.LambdaPath;
import io.lariat.path.LinearSolution;
import io.lariat.path.NetworkSolution;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "Writes path.csv (a row a lambda), the chosen model and summary.json; of linear models also"
          + " coefficients.csv (of several classes a row for each).",
      "",
      "The objective is mean loss + LAMBDA * sum |w| + LAMBDA2 * sum w^2. The loss of a class is"
          + " its cross-entropy, that of a number (z - y)^2 without a half. Features, and the"
          + " target of a regression, have mean 0 and variance 1 (divisor n) over the rows that"
          + " are trained on; coefficients, losses and kkt are on that scale. So glmnet's lambda"
          + " is the same for classes, and lambda / 2 * sd(y) for a regression.",
      "",
      "kkt is the most by which a condition of optimality is violated; for linear models it is"
          + " rounding."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  lariat path src-test-data/breast_cancer.csv --target benign --hidden none",
      "  lariat path houses.csv --target price --hidden none --lambdas 0.1,0.03,0.01"
    })
final class PathCommand implements Callable<Integer> {

  @Mixin private DataOptions dataOptions;
  @Mixin private PathOptions pathOptions;
  @Mixin private BackendOption backendOption;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      converter = FilePath.class,
      description = "Folder for the files (default: lariat-out/<data name>-<n>).")
  private @Nullable Path outFolder;

  @Option(names = "--force", description = "Replace a run's files in --out.")
  private boolean force;

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
    OutputFolder folder =
        outFolder == null
            ? OutputFolder.numbered(dataOptions.path())
            : OutputFolder.given(outFolder, force);
    lariat.interrupt.arm();
    PrintWriter out =
        output.quiet ? new PrintWriter(PrintWriter.nullWriter()) : spec.commandLine().getOut();
    try (JobLines shown = new JobLines(output.quiet, err, "path")) {
      Map<String, Double> seconds = new LinkedHashMap<>();
      long start = System.nanoTime();
      Dataset data =
          dataOptions.read(
              Precision.DOUBLE, new ProgressStyle(output.quiet, out, err), lariat.interrupt);
      seconds.put("read", (System.nanoTime() - start) * 1e-9);
      KeptColumns.check(pathOptions.keep, data);
      pathOptions.adaptTo(data);
      Introduction.line(out, "data", Introduction.data(data));
      out.flush();
      PathResult result =
          pathOptions.isLinear()
              ? linear(data, shown, seconds)
              : networks(data, shown, seconds, out);
      Path written = folder.write(temporary -> PathFiles.write(temporary, result));
      report(out, result, written);
      return ExitCode.OK;
    } catch (CancellationException e) {
      err.println("lariat: stopped before the path was complete; nothing was written");
      return Interrupt.EXIT_CODE;
    }
  }

  private PathResult linear(Dataset data, JobLines shown, Map<String, Double> seconds) {
    long start = System.nanoTime();
    LambdaPath<LinearSolution> path =
        pathOptions
            .linear()
            .threads(backendOption.threads())
            .cancellation(lariat.interrupt.cancellation())
            .progress(shown)
            .fit(data);
    seconds.put("path", (System.nanoTime() - start) * 1e-9);
    return result(path, path, "double precision", seconds);
  }

  private PathResult networks(
      Dataset data, JobLines shown, Map<String, Double> seconds, PrintWriter out) {
    Network network =
        Heads.add(
            pathOptions.hidden.of(data.features(), pathOptions.activation),
            data.schema().target(),
            Penalty.NONE);
    int trainings = pathOptions.lambdas.count() * (pathOptions.folds + 1);
    String backend;
    String description;
    boolean isShort = ShortRun.is(network, data, trainings * pathOptions.epochs / 2);
    try (Backend tried = backendOption.open(isShort).backend()) {
      backend = tried.name();
      description = tried.description();
    }
    Introduction.line(out, "network", Introduction.network(network));
    Introduction.line(out, "backend", description);
    out.flush();
    long start = System.nanoTime();
    LambdaPath<NetworkSolution> path =
        pathOptions
            .networks(network)
            .threads(backendOption.threads())
            .cancellation(lariat.interrupt.cancellation())
            .progress(shown)
            .fit(data, () -> Backends.open(backend, new BackendOptions(1)));
    seconds.put("path", (System.nanoTime() - start) * 1e-9);
    return result(path, null, description, seconds);
  }

  private PathResult result(
      LambdaPath<?> path,
      @Nullable LambdaPath<LinearSolution> linear,
      String backend,
      Map<String, Double> seconds) {
    Map<String, Object> settings = new LinkedHashMap<>();
    dataOptions.describe(settings);
    pathOptions.describe(settings);
    if (pathOptions.crossValidates()) {
      LambdaPath.Rule rule = pathOptions.rule();
      return new PathResult(path, linear, path.chosen(rule), rule, settings, backend, seconds);
    }
    // A single lambda needs no choosing.
    @Nullable Integer only = path.points().size() == 1 ? 0 : null;
    return new PathResult(path, linear, only, null, settings, backend, seconds);
  }

  private static void report(PrintWriter out, PathResult result, Path written) {
    out.println();
    PathTable.lines(result.path()).forEach(line -> out.println(Failures.oneLine(line)));
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
            + "summary.json");
    out.flush();
  }
}
