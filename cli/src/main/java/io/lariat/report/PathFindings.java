package io.lariat.report;

import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Text;
import io.lariat.data.Target;
import io.lariat.path.LambdaPath;
import io.lariat.path.PathSolution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sentences, key figures and features of a path's report. */
final class PathFindings {
  /** More rows than this are left to the files. */
  private static final int MOST_FEATURES = 500;

  private final LambdaPath<?> path;
  private final PathTraces traces;
  private final @Nullable Integer chosen;
  private final Target target;
  private final boolean linear;

  PathFindings(LambdaPath<?> path, PathTraces traces, @Nullable Integer chosen) {
    this.path = path;
    this.traces = traces;
    this.chosen = chosen;
    target = path.data().schema().target();
    linear = first().network().layers().size() == 1;
  }

  private PathSolution first() {
    return path.points().getFirst().solution();
  }

  String lede(String dataName) {
    return Text.of(
        "%s trained on %s to predict %s, for %s of λ from %s down to %s.",
        linear
            ? "Linear models"
            : "Networks of " + new Wording(first().network()).shape() + " units",
        dataName,
        path.head().describe(target),
        Figures.count(path.points().size(), "value"),
        Figures.digits(first().lambda()),
        Figures.digits(path.points().getLast().solution().lambda()));
  }

  String tracesTitle() {
    return linear ? "Coefficients over λ" : "Feature sizes over λ";
  }

  String aboutTraces(int most) {
    String line =
        linear
            ? "A line for each coefficient on the scale that was trained on: "
                + (path.standardization() == null
                    ? "that of the data."
                    : "features with mean 0 and variance 1.")
            : "A line for each feature: the sum of |w| over its weights into the first layer.";
    return line
        + " On the right the penalty is strong and few are left. Named are the largest"
        + (chosen == null ? "" : " at the λ that was chosen")
        + ", whose range the plot has"
        + (path.data().features() > most ? "; the " + most + " largest are drawn." : ".");
  }

  String output(int k) {
    if (!linear) {
      return "Sum of |w| by feature";
    }
    return target.outputs() > 1 ? "Coefficients, class " + target.classes().get(k) : "Coefficients";
  }

  String tracesLabel(int k) {
    return output(k) + " over lambda. What is used at each lambda is in the tables.";
  }

  String lossLabel() {
    return "Data loss over lambda. All values are in the table of lambdas.";
  }

  String aboutCurves() {
    String about = "Data loss is without the penalty.";
    return path.folds() == 0
        ? "There was no cross-validation. " + about
        : Text.of(
            "Each of the %s folds was predicted by models of the other rows, each with a path of"
                + " its own. Bars are one standard error over the folds. %s",
            path.folds(), about);
  }

  String verdict() {
    if (path.folds() == 0) {
      return "Without cross-validation no λ was chosen.";
    }
    LambdaPath.Point<?> min = path.points().get(path.chosen(LambdaPath.Rule.MIN));
    LambdaPath.Point<?> sparse = path.points().get(path.chosen(LambdaPath.Rule.ONE_SE));
    return Text.of(
        "The least validation loss, %s, is at λ = %s with %s; the largest λ within one standard"
            + " error of it is %s, with %s and a loss of %s.",
        Figures.digits(min.cvMean()),
        Figures.digits(min.solution().lambda()),
        Figures.count(min.solution().features(), "feature"),
        Figures.digits(sparse.solution().lambda()),
        Figures.count(sparse.solution().features()),
        Figures.digits(sparse.cvMean()));
  }

  String aboutChosen() {
    int shown = traces.byLeaving().size();
    return Text.of(
        "Features in the order in which they leave when λ rises, the last first. %s%s",
        chosen == null
            ? "Values are those of the smallest λ."
            : "Values are those of the λ that was chosen, – where it does not use the feature.",
        shown > MOST_FEATURES ? " The first " + MOST_FEATURES + " of " + shown + " are here." : "");
  }

  List<String> featureColumns() {
    List<String> columns = new ArrayList<>(List.of("feature", "leaves above λ"));
    for (int k = 0; k < traces.outputs(); k++) {
      columns.add(
          !linear
              ? "sum of |w|"
              : traces.outputs() > 1
                  ? "coefficient, class " + target.classes().get(k)
                  : "coefficient");
    }
    return columns;
  }

  List<List<String>> featureRows() {
    int at = chosen == null ? path.points().size() - 1 : chosen;
    List<List<String>> rows = new ArrayList<>();
    for (int j : traces.byLeaving().stream().limit(MOST_FEATURES).toList()) {
      List<String> row =
          new ArrayList<>(List.of(traces.name(j), Figures.digits(traces.leavesAt(j))));
      for (int k = 0; k < traces.outputs(); k++) {
        double value = traces.value(at, k, j);
        row.add(value == 0 ? "–" : Figures.digits(value, 4));
      }
      rows.add(row);
    }
    return rows;
  }

  String metric(LambdaPath.Point<?> point) {
    return Figures.digits(point.metric(), path.head().metric());
  }

  List<Tile> tiles() {
    LambdaPath.Point<?> point =
        chosen == null ? path.points().getLast() : path.points().get(chosen);
    PathSolution solution = point.solution();
    List<Tile> tiles = new ArrayList<>();
    String rule =
        path.folds() == 0
            ? "the smallest"
            : "chosen by cross-validation, " + path.folds() + " folds";
    tiles.add(new Tile("λ", Figures.digits(solution.lambda()), List.of(rule)));
    tiles.add(
        new Tile(
            "Features used",
            Figures.count(solution.features()),
            List.of("of " + Figures.count(path.data().features()))));
    if (path.folds() > 0) {
      tiles.add(
          new Tile(
              "Validation " + path.head().metric().label(),
              metric(point),
              List.of(
                  "loss "
                      + Figures.digits(point.cvMean())
                      + " ± "
                      + Figures.digits(point.cvSe(), 2))));
    }
    tiles.add(
        new Tile(
            "KKT residual",
            Text.of("%.1e", solution.kkt()),
            List.of(
                "0 where no small change lowers the objective",
                Text.of("%.1e λ", solution.kkt() / solution.lambda()))));
    return tiles;
  }
}
