package io.lariat.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Json;
import io.lariat.compare.ComparisonResult;
import io.lariat.compare.ComparisonRow;
import io.lariat.compare.LambdaScore;
import io.lariat.train.Epoch;
import io.lariat.train.History;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The report of a comparison as one HTML page, complete in itself. */
public final class ComparisonReport {
  private final ComparisonResult result;
  private final ComparisonFindings findings;

  private ComparisonReport(ComparisonResult result) {
    this.result = result;
    findings = new ComparisonFindings(result);
  }

  /**
   * The page; the same arguments give the same text.
   *
   * @param dataName what the data is called
   * @param settings name and value of each setting, shown in this order
   */
  public static String html(
      String dataName, ComparisonResult result, Map<String, Object> settings) {
    return new ComparisonReport(result).page(dataName, settings).html();
  }

  private Page page(String dataName, Map<String, Object> settings) {
    return new Page("compare.html", "compare-plots.js", "compare-draw.js")
        .text("title", dataName)
        .text("lede", findings.lede(dataName))
        .text("caution", findings.caution())
        .text("table-title", "Table of epochs, of the first seed")
        .text("about-table", findings.aboutTable())
        .text("verdict", findings.verdict())
        .text("about-losses", findings.aboutLosses())
        .text("about-lambda", findings.aboutLambda())
        .tiles(findings.tiles())
        .settings(settings)
        .data("columns", Json.strings(columns()))
        .data("rows", Json.array(result.rows(), this::row));
  }

  private List<String> columns() {
    return List.of(
        "regularization",
        "λ",
        "validation " + findings.metricName(),
        "test " + findings.metricName(),
        "test loss",
        "gap",
        "exact zeros",
        "features",
        "parameters",
        "kB",
        "µs per row");
  }

  private JsonObject row(ComparisonRow row) {
    Double lambda = row.lambda();
    JsonObject out = new JsonObject();
    out.addProperty("name", row.regularization().label());
    out.addProperty("setting", lambda == null ? "" : "λ = " + Figures.setting(lambda));
    out.add(
        "cells",
        Json.strings(
            List.of(
                lambda == null ? "" : Figures.setting(lambda),
                findings.metric(row.validationMetric()),
                findings.metric(row.testMetric()),
                ComparisonFindings.spread(row.testLoss()),
                ComparisonFindings.spread(row.gap()),
                ComparisonFindings.percent(row.zeros()),
                ComparisonFindings.spread(row.features()),
                Figures.count(Math.round(row.parameters().mean())),
                Figures.digits(row.parameters().mean() * Float.BYTES / 1000),
                Figures.digits(row.microseconds()))));
    History first = row.histories().getFirst();
    out.add("epoch", column(first, Epoch::number));
    out.add("training", column(first, Epoch::dataLoss));
    out.add("validation", column(first, ComparisonReport::validation));
    out.addProperty("best", first.bestValidationEpoch());
    out.addProperty("gap", findings.gap(row));
    out.addProperty("lambda", lambda);
    out.addProperty("choice", findings.choice(row));
    addCurve(row, out);
    return out;
  }

  /** What the lambdas gave, ascending; without 0, which has no place on a logarithmic axis. */
  private static void addCurve(ComparisonRow row, JsonObject out) {
    List<LambdaScore> curve =
        row.crossValidation().stream()
            .filter(s -> s.lambda() > 0)
            .sorted(Comparator.comparingDouble(LambdaScore::lambda))
            .toList();
    out.add("lambdas", Json.array(curve, s -> new JsonPrimitive(s.lambda())));
    out.add("losses", Json.array(curve, s -> Json.number(s.loss().mean())));
    out.add("deviations", Json.array(curve, s -> Json.number(s.loss().deviation())));
  }

  private static double validation(Epoch epoch) {
    Epoch.Validation validation = epoch.validation();
    return validation == null ? Double.NaN : validation.dataLoss();
  }

  private static JsonArray column(History history, ToDoubleFunction<Epoch> value) {
    return Json.array(history.epochs(), e -> Json.number(value.applyAsDouble(e)));
  }
}
