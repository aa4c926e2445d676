package io.lariat.cli.certify;

import com.google.gson.JsonObject;
import io.lariat.cli.options.FilePath;
import io.lariat.cli.options.FormatOption;
import io.lariat.cli.options.ModelArgument;
import io.lariat.cli.options.OutputOptions;
import io.lariat.cli.terminal.Console;
import io.lariat.cli.terminal.Reading;
import io.lariat.cli.words.CertificateText;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Figures;
import io.lariat.cli.words.InDouble;
import io.lariat.cli.words.Json;
import io.lariat.cli.words.Text;
import io.lariat.data.Dataset;
import io.lariat.data.Table;
import io.lariat.model.Certificate;
import io.lariat.model.Model;
import io.lariat.optimality.Certification;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lariat certify}: computes what a model claims of its weights from the data. */
@Command(
    name = "certify",
    header = "Check a model's certificate against its data, in double precision.",
    customSynopsis = "lariat certify DIR|MODEL.safetensors DATA.csv[.gz] [OPTIONS]",
    descriptionHeading = "%n",
    description =
        "Computes the residual of the optimality conditions and the objective from nothing but the"
            + " two files, and compares them with what the model claims. Exit code 0: the claims"
            + " are true, or there are none; 3: they are not (other data, edited weights, an edited"
            + " claim). A model that was not polished has no certificate: its residual and"
            + " objective are computed and shown, on the rows that its file says it was trained on,"
            + " else on all.%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "  lariat train src-test-data/breast_cancer.csv --target benign \\",
      "      --activation tanh --penalize all --polish",
      "  lariat certify lariat-out/breast_cancer-1 src-test-data/breast_cancer.csv"
    })
public final class CertifyCommand implements Callable<Integer> {

  @Mixin private ModelArgument modelArgument;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DATA.csv[.gz]",
      converter = FilePath.class,
      description = "The data that it was trained on.")
  private @Nullable Path dataPath;

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description = "The column that it predicts; the model knows it, so it may be left out.")
  private @Nullable String target;

  @Mixin private FormatOption format;

  @Option(names = "--json", description = "Print one JSON object instead of lines.")
  private boolean json;

  @Mixin private final OutputOptions output;
  private final Console console;

  /** A command that speaks to {@code console}. */
  public CertifyCommand(Console console) {
    this.console = console;
    output = new OutputOptions(console);
  }

  @Override
  public Integer call() {
    output.apply();
    Path modelPath = modelArgument.path();
    if (dataPath == null) {
      throw Failure.usage("no data given: name the CSV file that the model was trained on");
    }
    Model model = modelArgument.load();
    String own = model.schema().target().name();
    if (target != null && !target.equals(own)) {
      throw Failure.usage(
          Text.of("--target %s: %s predicts '%s'; name that", target, modelPath, own));
    }
    Dataset data = read(model, dataPath);
    Certification found = Certification.of(model, data, rows(model, data));
    PrintWriter out = console.out();
    if (json) {
      out.print(Json.file(json(model, found)));
    } else if (!output.isQuiet()) {
      print(model, found, out);
    }
    out.flush();
    List<String> differences = found.differences();
    if (!differences.isEmpty()) {
      throw Failure.untrue(
          Text.of(
              "%s: its certificate is not true of %s: %s; use the data and the model file as they"
                  + " were, or train again",
              modelPath, dataPath, String.join(", and ", differences)));
    }
    return ExitCode.OK;
  }

  /** Reads the model's columns. */
  private Dataset read(Model model, Path path) {
    Table table = format.table(path);
    if (table.source().isSparse()) {
      throw Failure.run(
          path
              + ": has sparse rows, and only dense ones can be certified; use CSV, or --format csv"
              + " if it is");
    }
    return console
        .interrupt()
        .endingAtOnce(
            console.err(), Text.oneLine("stopped while reading " + path), () -> read(model, table));
  }

  private Dataset read(Model model, Table table) {
    try (Reading shown = new Reading(console.err(), output.isQuiet() || json)) {
      Dataset data = table.read(model.schema(), shown);
      @Nullable String obstacle = InDouble.obstacle(data);
      if (obstacle != null) {
        throw Failure.run(obstacle);
      }
      return data;
    }
  }

  /** The certificate's rows, or those that the training's note names, or all; as far as any. */
  private static int rows(Model model, Dataset data) {
    @Nullable Certificate claim = model.certificate();
    String noted = model.notes().getOrDefault("training_rows", "");
    int wanted =
        claim != null
            ? claim.data().used()
            : noted.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(noted) : data.rows();
    return Math.min(wanted, data.rows());
  }

  private void print(Model model, Certification found, PrintWriter out) {
    Certificate computed = found.certificate();
    line(out, "model", String.valueOf(modelArgument.path()));
    line(out, "data", dataPath + ": " + CertificateText.rows(computed.data()));
    line(
        out,
        "residual",
        CertificateText.residual(computed) + "; worst at " + found.residual().worst());
    line(out, "objective", CertificateText.objective(computed));
    long kernels = model.weights().layout().kernels();
    line(
        out,
        "zeros",
        Text.of(
            "%s of %s weights exactly zero",
            Figures.count(model.weights().zeros()), Figures.count(kernels)));
    CertificateText.kinks(model.network(), computed).forEach(text -> line(out, "kinks", text));
    if (model.certificate() == null) {
      line(out, "certificate", "none: the model claims nothing");
    } else if (found.differences().isEmpty()) {
      line(out, "certificate", "true: the same data, residual and objective as the model says");
    } else {
      found.differences().forEach(text -> line(out, "not true", text));
    }
  }

  private static void line(PrintWriter out, String label, String text) {
    out.println(Text.of("%-11s ", label) + Text.oneLine(text));
  }

  private JsonObject json(Model model, Certification found) {
    JsonObject json = new JsonObject();
    json.addProperty("model", String.valueOf(modelArgument.path()));
    json.addProperty("data", String.valueOf(dataPath));
    json.add("computed", CertificateText.json(found.certificate()));
    json.addProperty("worst", found.residual().worst());
    json.addProperty("zeros", model.weights().zeros());
    json.add("claimed", CertificateText.json(model.certificate()));
    json.add("differences", Json.strings(found.differences()));
    return json;
  }
}
