package io.lariat.benchmarks.peers;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The results as Markdown: one table for each kind of case and number of threads. */
final class ResultTable {
  private final List<Task> tasks;
  private final Results results;
  private final StringBuilder text = new StringBuilder();

  private ResultTable(List<Task> tasks, Results results) {
    this.tasks = tasks;
    this.results = results;
  }

  /**
   * Headings and tables.
   *
   * @param machine where it was measured, a sentence
   * @param tasks what was to be measured
   * @param results what was
   * @param rounds how often
   * @param warmUp after how many seconds of each process
   */
  static String of(String machine, List<Task> tasks, Results results, int rounds, double warmUp) {
    ResultTable table = new ResultTable(tasks, results);
    table.text.append("# Peers\n\n").append(machine).append("\n");
    table.peak();
    table.legend(rounds, warmUp);
    for (int threads : List.of(1, 2)) {
      table.section(
          "Training step, " + (threads == 1 ? "1 thread" : threads + " threads"),
          t -> t.benchmarkCase() instanceof TrainingCase && t.threads() == threads);
    }
    table.section("Prediction, 1 thread", t -> t.benchmarkCase() instanceof PredictionCase);
    table.section("Matrix product, 1 thread", t -> t.benchmarkCase() instanceof ProductCase);
    table.notes();
    return table.text.toString();
  }

  private void peak() {
    double peak = Results.median(results.all(), Measurement::peak);
    double bandwidth = Results.median(results.all(), Measurement::bandwidth);
    if (!Double.isNaN(peak)) {
      text.append(
          String.format(
              Locale.ROOT,
              "Peak of one core %.0f GFLOP/s, memory (triad, one thread) %.0f GB/s, both measured"
                  + " in every process of Lariat's.\n",
              peak * 1e-9,
              bandwidth * 1e-9));
    }
  }

  private void legend(int rounds, double warmUp) {
    String cell =
        rounds == 1
            ? "the median of one process (a tenth and nine tenths of its observations)"
            : "the median of " + rounds + " processes' medians (the least and the greatest)";
    text.append(
        String.format(
            Locale.ROOT,
            "In each cell: %s after %.0f s of warm-up; then how many times Lariat's time that is."
                + " Floor: the arithmetic alone, at the peak of as many cores as threads.\n",
            cell,
            warmUp));
  }

  private void section(String heading, Predicate<Task> belongs) {
    List<Task> ours = tasks.stream().filter(belongs).toList();
    if (ours.isEmpty()) {
      return;
    }
    Set<Engine> engines = new LinkedHashSet<>();
    Set<BenchmarkCase> cases = new LinkedHashSet<>();
    for (Task task : ours) {
      engines.add(task.engine());
      cases.add(task.benchmarkCase());
    }
    text.append("\n## ").append(heading).append(", microseconds\n\n");
    List<String> titles = new ArrayList<>(List.of("case", "floor"));
    engines.forEach(e -> titles.add(e.title()));
    row(titles);
    row(titles.stream().map(t -> "---").toList());
    for (BenchmarkCase c : cases) {
      List<String> cells = new ArrayList<>(List.of(c.title(), floorCell(c, ours)));
      engines.forEach(e -> cells.add(cell(c, e, ours)));
      row(cells);
    }
  }

  private void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private List<Measurement> find(BenchmarkCase c, Engine engine, List<Task> ours) {
    return ours.stream()
        .filter(t -> t.benchmarkCase().equals(c) && t.engine() == engine)
        .findFirst()
        .map(results::of)
        .orElse(List.of());
  }

  private String floorCell(BenchmarkCase c, List<Task> ours) {
    double floor = Results.median(find(c, Engine.LARIAT, ours), ResultTable::floor);
    return Double.isNaN(floor) ? "" : micros(floor);
  }

  /** The microseconds that the arithmetic alone takes at the peak of as many cores as threads. */
  private static double floor(Measurement m) {
    return 2 * m.benchmarkCase().multiplyAdds() / (m.peak() * m.threads()) * 1e6;
  }

  private String cell(BenchmarkCase c, Engine engine, List<Task> ours) {
    List<Measurement> rounds = find(c, engine, ours);
    if (rounds.isEmpty()) {
      return results.absent().containsKey(engine) ? "absent" : "";
    }
    double median = Results.median(rounds, m -> m.timing().median());
    double[] range = Results.range(rounds);
    String cell =
        String.format(
            Locale.ROOT, "**%s** (%s to %s)", micros(median), micros(range[0]), micros(range[1]));
    if (engine == Engine.LARIAT) {
      double share = Results.median(rounds, m -> m.timing().median() / floor(m));
      return cell + String.format(Locale.ROOT, ", %.2f x floor", share);
    }
    double lariat = Results.median(find(c, Engine.LARIAT, ours), m -> m.timing().median());
    return Double.isNaN(lariat)
        ? cell
        : cell + String.format(Locale.ROOT, ", %.2f x", median / lariat);
  }

  private static String micros(double value) {
    int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private void notes() {
    text.append("\n");
    for (Engine engine : Engine.values()) {
      Set<String> descriptions = new LinkedHashSet<>();
      results.all().stream()
          .filter(m -> m.engine() == engine)
          .forEach(m -> descriptions.add(m.description()));
      if (results.absent().containsKey(engine)) {
        descriptions.add(results.absent().get(engine));
      }
      if (!descriptions.isEmpty()) {
        text.append(
            String.format(
                Locale.ROOT, "- %s: %s\n", engine.title(), String.join("; ", descriptions)));
      }
    }
  }
}
