package io.lariat.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison as a table for people. */
final class ComparisonTable {
  private static final String FORMAT = "%-20s %8s %17s %17s %17s %17s %7s %9s %10s %7s";

  private ComparisonTable() {}

  static List<String> lines(ComparisonResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            FORMAT,
            "",
            "lambda",
            "val " + result.head().metric().name(),
            "test " + result.head().metric().name(),
            "test loss",
            "gap",
            "zeros",
            "features",
            "parameters",
            "us/row"));
    for (ComparisonRow row : result.rows()) {
      @Nullable Double lambda = row.lambda();
      lines.add(
          String.format(
              Locale.ROOT,
              FORMAT,
              row.regularization().label(),
              lambda == null ? "" : String.format(Locale.ROOT, "%.3g", lambda),
              spread(row.validationMetric()),
              spread(row.testMetric()),
              spread(row.testLoss()),
              spread(row.gap()),
              String.format(Locale.ROOT, "%.1f %%", 100 * row.zeros().mean()),
              String.format(Locale.ROOT, "%.1f", row.features().mean()),
              String.format(Locale.ROOT, "%,d", Math.round(row.parameters().mean())),
              String.format(Locale.ROOT, "%.2f", row.microseconds())));
    }
    return lines;
  }

  private static String spread(Spread spread) {
    return number(spread.mean()) + " +- " + number(spread.deviation());
  }

  private static String number(double value) {
    double size = Math.abs(value);
    return value == 0 || (size >= 0.001 && size < 100_000)
        ? String.format(Locale.ROOT, "%.4f", value)
        : String.format(Locale.ROOT, "%.2e", value);
  }
}
