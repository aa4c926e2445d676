package io.lariat.cli;

import io.lariat.select.FeatureScore;
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
            + result.level()
            + ")");
    line(
        out,
        "selected",
        selected.isEmpty()
            ? String.format(
                Locale.ROOT,
                "none of %s: at level %s this model tells none from chance; more rows, another"
                    + " --hidden or fewer columns may show more of '%s'",
                Figures.count(all, "column"),
                result.level(),
                result.data().schema().target().name())
            : Figures.count(selected.size()) + " of " + Figures.count(all, "column"));
    table(selected).forEach(row -> out.println("  " + Failures.oneLine(row)));
    @Nullable Stability stability = result.selection().stability();
    if (stability != null) {
      line(
          out,
          "stable",
          String.format(
              Locale.ROOT,
              "%s on at least %.0f %% of %d subsamples; among such at most %.2g are expected not to"
                  + " matter",
              Figures.count(stability.stable(), "column"),
              100 * stability.threshold(),
              stability.subsamples(),
              stability.expectedFalse()));
    }
    @Nullable Evaluation training = result.training();
    if (training != null && !selected.isEmpty()) {
      line(out, "refitted", TrainSummary.metrics(training) + ", the ones it was fitted on");
    }
    result.notes().forEach(note -> line(out, "note", note));
    line(
        out,
        "files",
        folder + ": selected.csv, features.csv, model.safetensors, summary.json, report.html");
    line(out, "next", "open " + folder.resolve("report.html") + " in a browser;");
    line(out, "", "lariat predict " + ShellWord.of(folder) + " DATA.csv");
    out.flush();
  }

  private static List<String> table(List<FeatureScore> selected) {
    if (selected.isEmpty()) {
      return List.of();
    }
    List<FeatureScore> shown = selected.subList(0, Math.min(MOST_LISTED, selected.size()));
    boolean signs = selected.stream().anyMatch(f -> f.sign() != 0);
    int width = shown.stream().mapToInt(f -> name(f).length()).max().orElse(0);
    String format = "%4s  %-" + Math.max(7, width) + "s  %10s  %9s  %s";
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
                Locale.ROOT,
                format,
                "rank",
                "feature",
                "importance",
                "frequency",
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
                  frequency == null ? "" : String.format(Locale.ROOT, "%.2f", frequency),
                  sign(feature) + (feature.kept() ? " kept" : ""))
              .stripTrailing());
    }
    if (shown.size() < selected.size()) {
      lines.add("  and " + (selected.size() - shown.size()) + " more, in selected.csv");
    }
    return lines;
  }

  private static String sign(FeatureScore feature) {
    return feature.sign() > 0 ? "+" : feature.sign() < 0 ? "-" : "";
  }

  private static String name(FeatureScore feature) {
    String name = feature.name();
    return name.codePointCount(0, name.length()) <= LONGEST_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "...";
  }

  private static void line(PrintWriter out, String label, String text) {
    Introduction.line(out, label, text);
  }
}
