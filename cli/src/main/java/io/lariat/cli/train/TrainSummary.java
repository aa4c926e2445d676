package io.lariat.cli.train;

import io.lariat.cli.words.CertificateText;
import io.lariat.cli.words.EvaluationText;
import io.lariat.cli.words.FeatureUse;
import io.lariat.cli.words.Figures;
import io.lariat.cli.words.ShellWord;
import io.lariat.cli.words.Text;
import io.lariat.model.Layer;
import io.lariat.model.Model;
import io.lariat.train.Training;
import java.io.PrintWriter;
import java.nio.file.Path;

/** What {@code train} says at its end. */
final class TrainSummary {
  private static final int MOST_UNUSED_NAMED = 10;

  private TrainSummary() {}

  /** Prints it. */
  static void print(TrainResult result, Path folder, PrintWriter out) {
    Training run = result.run();
    out.println();
    line(out, "validation", EvaluationText.of(run.evaluation()));
    line(out, "training", EvaluationText.of(result.trainingEvaluation()));
    Model model = run.model();
    for (int i = 0; i < model.network().layers().size(); i++) {
      int weights = model.weights().layout().kernelSize(i);
      int zeros = model.weights().zeros(i);
      line(
          out,
          i == 0 ? "zeros" : "",
          Text.of(
              "%s: %s of %s weights exactly zero (%s)",
              Layer.name(i),
              Figures.count(zeros),
              Figures.count(weights),
              Figures.percent(zeros, weights)));
    }
    line(out, "features", FeatureUse.of(model).summary(MOST_UNUSED_NAMED));
    CertificateText.lines(result.saved()).forEach(text -> line(out, text.label(), text.text()));
    for (String note : result.study().notes()) {
      line(out, "note", note);
    }
    line(out, "files", folder + ": history.csv, model.safetensors, summary.json, report.html");
    line(out, "next", "open " + folder.resolve("report.html") + " in a browser;");
    line(
        out,
        "",
        "lariat predict "
            + ShellWord.of(folder)
            + " DATA.csv; lariat inspect "
            + ShellWord.of(folder));
  }

  private static void line(PrintWriter out, String label, String text) {
    out.println(Text.of("%-11s ", label) + Text.oneLine(text));
  }
}
