package io.lariat.cli.path;

import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Text;
import io.lariat.path.LambdaPath;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** A path as a table for people: some lambdas, and those that the rules choose. */
final class PathTable {
  private static final String FORMAT = "%10s %9s %9s %10s %19s %10s %9s  %s";
  private static final int ROWS = 12;

  private PathTable() {}

  /** What the column {@code metric} holds. */
  static String metric(LambdaPath<?> path) {
    return path.head().metric().name();
  }

  static List<String> lines(LambdaPath<?> path) {
    boolean validated = path.folds() > 0;
    List<String> lines = new ArrayList<>();
    lines.add(
        Text.of(
                FORMAT,
                "lambda",
                "zeros",
                "features",
                "train loss",
                validated ? "validation loss" : "",
                validated ? metric(path) : "",
                "kkt",
                "")
            .stripTrailing());
    int last = path.points().size() - 1;
    TreeSet<Integer> shown = new TreeSet<>();
    IntStream.range(0, ROWS).forEach(i -> shown.add(Math.round(i * last / (ROWS - 1f))));
    if (validated) {
      shown.add(path.chosen(LambdaPath.Rule.MIN));
      shown.add(path.chosen(LambdaPath.Rule.ONE_SE));
    }
    for (int i : shown) {
      lines.add(line(path, i).stripTrailing());
    }
    return lines;
  }

  /**
   * What lambda is chosen by, and what accuracy says nothing of: that of the commonest class for
   * every row. Empty without cross-validation.
   */
  static List<String> measure(LambdaPath<?> path) {
    if (path.folds() == 0) {
      return List.of();
    }
    String chosen = "chosen by the validation loss, a mean " + path.head().rowLossName();
    if (path.data().task().isNumber()) {
      return List.of(chosen);
    }
    List<String> classes = path.data().schema().target().classes();
    int[] rows = new int[classes.size()];
    for (int i = 0; i < path.data().rows(); i++) {
      rows[(int) path.data().target(i)]++;
    }
    int most = 0;
    for (int k = 1; k < rows.length; k++) {
      most = rows[k] > rows[most] ? k : most;
    }
    String share = Figures.number((double) rows[most] / path.data().rows());
    return List.of(chosen + "; '" + classes.get(most) + "' for every row has accuracy " + share);
  }

  private static String line(LambdaPath<?> path, int i) {
    LambdaPath.Point<?> point = path.points().get(i);
    boolean validated = path.folds() > 0;
    List<String> rules = new ArrayList<>();
    for (LambdaPath.Rule rule : LambdaPath.Rule.values()) {
      if (validated && path.chosen(rule) == i) {
        rules.add(Text.word(rule));
      }
    }
    return Text.of(
        FORMAT,
        Text.of("%.4g", point.solution().lambda()),
        Figures.count(point.solution().zeros()),
        Figures.count(point.solution().features()),
        Figures.number(point.solution().loss()),
        validated ? Figures.number(point.cvMean()) + " +- " + Figures.number(point.cvSe()) : "",
        validated ? Figures.number(point.metric()) : "",
        Text.of("%.1e", point.solution().kkt()),
        rules.isEmpty() ? "" : "<- " + String.join(", ", rules));
  }
}
