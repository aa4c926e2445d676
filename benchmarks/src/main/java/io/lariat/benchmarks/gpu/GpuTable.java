package io.lariat.benchmarks.gpu;

import java.util.List;
import java.util.Locale;

/** The outcomes as one table of Markdown. */
final class GpuTable {
  private final List<Outcome> outcomes;
  private final String label;

  /**
   * Makes one.
   *
   * @param label what every number is marked with; empty for measurements
   */
  GpuTable(List<Outcome> outcomes, String label) {
    this.outcomes = outcomes;
    this.label = label;
  }

  /** The table, a row for each outcome. */
  String text() {
    StringBuilder text = new StringBuilder();
    String unit = label.isEmpty() ? "us a step" : "us a step (" + label + ")";
    row(
        text,
        "network, batch",
        "products in",
        "by",
        unit,
        "least to greatest",
        "TFLOP/s",
        "x Lariat");
    row(text, "---", "---", "---", "---:", "---:", "---:", "---:");
    for (Outcome o : outcomes) {
      String title = o.stepCase().title();
      String by = o.contender().title();
      if (o.seconds().length == 0) {
        row(text, title, o.precision().word, by, cell(o.note()), "", "", "");
        continue;
      }
      String note = o.note().isEmpty() ? "" : "; " + cell(o.note());
      row(
          text,
          title,
          o.precision().word,
          by,
          number(micros(o.median())),
          number(micros(o.least()) + " to " + micros(o.greatest())) + note,
          number(String.format(Locale.ROOT, "%.3g", o.stepCase().flops() / o.median() * 1e-12)),
          number(String.format(Locale.ROOT, "%.2f", o.median() / yardstick(o))));
    }
    return text.toString();
  }

  /** Lariat's time with the same penalty; NaN if it has none. */
  private double yardstick(Outcome of) {
    return outcomes.stream()
        .filter(o -> o.contender().isYardstick())
        .filter(o -> o.contender().isPenalized() == of.contender().isPenalized())
        .filter(o -> o.stepCase().equals(of.stepCase()) && o.precision() == of.precision())
        .mapToDouble(Outcome::median)
        .findFirst()
        .orElse(Double.NaN);
  }

  private String number(String text) {
    return label.isEmpty() ? text : text + " (" + label + ")";
  }

  /** What may stand in a cell. */
  private static String cell(String note) {
    return note.replace("|", "\\|");
  }

  private static String micros(double seconds) {
    double micros = 1e6 * seconds;
    return String.format(Locale.ROOT, micros < 100 ? "%.1f" : "%.0f", micros);
  }

  private static void row(StringBuilder text, String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
