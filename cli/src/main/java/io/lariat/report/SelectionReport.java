package io.lariat.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lariat.cli.words.Json;
import io.lariat.select.Cluster;
import io.lariat.select.FeatureScore;
import io.lariat.select.PathStep;
import io.lariat.select.Stability;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report of a feature selection as one HTML page, complete in itself. */
public final class SelectionReport {
  /** Columns whose lines are drawn: those of the best ranks. */
  static final int MOST_LINES = 60;

  private final SelectionStudy study;
  private final List<FeatureScore> byRank;

  private SelectionReport(SelectionStudy study) {
    this.study = study;
    byRank =
        study.selection().features().stream()
            .sorted(Comparator.comparingInt(FeatureScore::rank))
            .limit(FeatureData.MOST_LISTED)
            .toList();
  }

  /** The page for {@code study}; the same study gives the same text. */
  public static String html(SelectionStudy study) {
    return new SelectionReport(study).page().html();
  }

  private Page page() {
    SelectionFindings findings = new SelectionFindings(study);
    Stability stability = study.selection().stability();
    return new Page("select.html", "select-tables.js", "select-draw.js")
        .text("title", study.dataName())
        .text("lede", findings.lede())
        .text("caution", "")
        .text("table-title", "Table of all columns")
        .text("about-selected", findings.aboutSelected())
        .text("about-path", findings.aboutPath())
        .text("about-stability", findings.aboutStability())
        .text("stable", findings.stable())
        .text("bound", findings.bound())
        .tiles(findings.tiles())
        .settings(study.settings())
        .notes(study.notes())
        .data("features", Json.array(byRank, this::feature))
        .data(
            "threshold",
            stability == null ? JsonNull.INSTANCE : new JsonPrimitive(stability.threshold()))
        .data("lambda", Json.number(study.selection().lambda()))
        .data("path", path());
  }

  private JsonObject feature(FeatureScore feature) {
    @Nullable Cluster cluster = study.selection().clusterOf(feature);
    JsonObject out = new JsonObject();
    out.addProperty("name", FeatureData.cut(feature.name()));
    out.addProperty("rank", feature.rank());
    out.add("importance", Json.number(feature.importance()));
    out.addProperty("frequency", feature.frequency());
    out.addProperty("any", cluster == null ? null : cluster.frequency());
    out.addProperty("selected", feature.selected());
    out.addProperty("kept", feature.kept());
    out.add("leavesAt", Json.number(feature.leavesAt()));
    out.addProperty("sign", feature.sign());
    return out;
  }

  /** The steps of ascending lambda, which a logarithmic axis has a place for. */
  private JsonObject path() {
    List<PathStep> all = study.selection().path();
    JsonArray lambdas = new JsonArray();
    JsonArray lines = new JsonArray();
    List<FeatureScore> drawn = byRank.subList(0, Math.min(MOST_LINES, byRank.size()));
    drawn.forEach(f -> lines.add(new JsonArray()));
    double last = 0;
    for (PathStep step : all) {
      if (step.lambda() <= last) {
        continue;
      }
      last = step.lambda();
      lambdas.add(Json.number(last));
      for (int i = 0; i < drawn.size(); i++) {
        JsonElement norm = Json.number(step.norms()[drawn.get(i).index()]);
        lines.get(i).getAsJsonArray().add(norm);
      }
    }
    JsonObject out = new JsonObject();
    out.add("lambdas", lambdas);
    out.add("lines", lines);
    return out;
  }
}
