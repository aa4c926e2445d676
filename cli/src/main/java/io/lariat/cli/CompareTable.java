package io.lariat.cli;

import io.lariat.compare.ComparisonRow;
import io.lariat.compare.Spread;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison as a table for people. */
final class CompareTable {
  private static final String FORMAT = "%-20s %8s %17s %17s %17s %17s %7s %9s %10s %7s";

  private CompareTable() {}

  static List<String> lines(Dataset data, List<ComparisonRow> rows) {
    String metric = data.task() == Task.REGRESSION ? "mae" : "accuracy";
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            FORMAT,
            "",
            "lambda",
            "val " + metric,
            "test " + metric,
            "test loss",
            "gap",
            "zeros",
            "features",
            "parameters",
            "us/row"));
    for (ComparisonRow row : rows) {
      @Nullable Double lambda = row.lambda();
      lines.add(
          String.format(
              FORMAT,
              row.regularization().label(),
              lambda == null ? "" : String.format(Locale.ROOT, "%.3g", lambda),
              spread(row.validationMetric()),
              spread(row.testMetric()),
              spread(row.testLoss()),
              spread(row.gap()),
              String.format(Locale.ROOT, "%.1f %%", 100 * row.zeros().mean()),
              String.format(Locale.ROOT, "%.1f", row.features().mean()),
              Figures.count(Math.round(row.parameters().mean())),
              String.format(Locale.ROOT, "%.2f", row.microseconds())));
    }
    lines.add("");
    lines.add(
        "gap: the test rows' data loss less the training rows'; features, parameters and us/row:"
            + " without what is dead");
    return lines;
  }

  private static String spread(Spread spread) {
    return Figures.number(spread.mean()) + " +- " + Figures.number(spread.deviation());
  }
}
