package io.lariat.cli.select;

import io.lariat.cli.words.EvaluationText;
import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Introduction;
import io.lariat.cli.words.ShellWord;
import io.lariat.cli.words.Text;
import io.lariat.select.Cluster;
import io.lariat.select.FeatureScore;
import io.lariat.select.Selection;
import io.lariat.select.Stability;
import io.lariat.train.Evaluation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code select} says at its end. */
final class SelectSummary {
  private static final int MOST_LISTED = 30;
  private static final int LONGEST_NAME = 40;

  private SelectSummary() {}

  /** Prints it. */
  static void print(SelectResult result, Path folder, PrintWriter out) {
    List<FeatureScore> selected = result.selection().selected();
    int all = result.selection().features().size();
    line(
        out,
        "lambda",
        Figures.number(result.selection().lambda())
            + " (quantile universal threshold, level "
            + result.study().level()
            + ")");
    line(
        out,
        "selected",
        selected.isEmpty()
            ? NothingSelected.text(
                result.selection(),
                result.data().schema(),
                result.data().rows(),
                result.study().level(),
                result.isLinear())
            : Figures.count(selected.size()) + " of " + Figures.count(all, "column"));
    table(result.selection()).forEach(row -> out.println("  " + Text.oneLine(row)));
    @Nullable Stability stability = result.selection().stability();
    if (stability != null) {
      line(out, "stable", stable(stability, !result.selection().clusters().isEmpty()));
    }
    @Nullable Evaluation training = result.training();
    if (training != null && !selected.isEmpty()) {
      line(
          out,
          "refitted",
          EvaluationText.of(training) + ", the ones it was fitted on, as importances are");
    }
    result.study().notes().forEach(note -> line(out, "note", note));
    line(
        out,
        "files",
        folder + ": selected.csv, features.csv, model.safetensors, summary.json, report.html");
    line(out, "next", "open " + folder.resolve("report.html") + " in a browser;");
    line(out, "", "lariat predict " + ShellWord.of(folder) + " DATA.csv");
    out.flush();
  }

  private static String stable(Stability stability, boolean hasClusters) {
    String counted =
        Text.of(
            "%s%s on at least %.0f %% of %d subsamples",
            Figures.count(stability.stable(), "column"),
            hasClusters ? ", stand-ins counted as one," : "",
            100 * stability.threshold(),
            stability.subsamples());
    if (stability.stable() == 0) {
      return counted;
    }
    String bound = Text.of("%.2g", stability.expectedFalse());
    return counted
        + (stability.isInformative()
            ? "; of such at most " + bound + " are expected by chance"
            : "; how many of them are chance is not known: the bound, " + bound + ", is no less");
  }

  private static List<String> table(Selection selection) {
    List<FeatureScore> selected = selection.selected();
    if (selected.isEmpty()) {
      return List.of();
    }
    List<FeatureScore> shown = selected.subList(0, Math.min(MOST_LISTED, selected.size()));
    boolean signs = selected.stream().anyMatch(f -> f.sign() != 0);
    int width = shown.stream().mapToInt(f -> name(f).length()).max().orElse(0);
    boolean clusters = shown.stream().anyMatch(f -> any(selection, f) != null);
    String format = "%4s  %-" + Math.max(7, width) + "s  %10s  %9s%s  %s";
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
                Locale.ROOT,
                format,
                "rank",
                "feature",
                "importance",
                "frequency",
                clusters ? "  or a stand-in" : "",
                signs ? "sign" : "")
            .stripTrailing());
    for (FeatureScore feature : shown) {
      @Nullable Double frequency = feature.frequency();
      lines.add(
          String.format(
                  Locale.ROOT,
                  format,
                  feature.rank(),
                  name(feature),
                  Figures.number(feature.importance()),
                  share(frequency),
                  clusters ? Text.of("  %13s", share(any(selection, feature))) : "",
                  sign(feature) + (feature.kept() ? " kept" : ""))
              .stripTrailing());
    }
    if (shown.size() < selected.size()) {
      lines.add("  and " + (selected.size() - shown.size()) + " more, in selected.csv");
    }
    return lines;
  }

  /** How often it or a stand-in is selected; null if it has none, or without subsamples. */
  private static @Nullable Double any(Selection selection, FeatureScore feature) {
    @Nullable Cluster cluster = selection.clusterOf(feature);
    return cluster == null ? null : cluster.frequency();
  }

  private static String share(@Nullable Double frequency) {
    return frequency == null ? "" : Text.of("%.2f", frequency);
  }

  private static String sign(FeatureScore feature) {
    return feature.sign() > 0 ? "+" : feature.sign() < 0 ? "-" : "";
  }

  private static String name(FeatureScore feature) {
    return Text.cut(feature.name(), LONGEST_NAME, "...");
  }

  private static void line(PrintWriter out, String label, String text) {
    Introduction.line(out, label, text);
  }
}
