package io.lariat.cli.path;

import io.lariat.cli.words.CsvCell;
import io.lariat.data.Target;
import io.lariat.path.LambdaPath;
import io.lariat.path.LinearSolution;

/**
 * {@code coefficients.csv}: a row a lambda with the intercept and each feature's coefficient, on
 * the scale that was trained on; of several classes a row for each, and a column {@code class}
 * behind {@code lambda}.
 */
final class CoefficientsCsv {
  private CoefficientsCsv() {}

  /** The file's text. */
  static String of(LambdaPath<LinearSolution> path) {
    Target target = path.data().schema().target();
    boolean classes = target.outputs() > 1;
    StringBuilder text = new StringBuilder(classes ? "lambda,class,intercept" : "lambda,intercept");
    for (String name : path.data().schema().featureNames()) {
      text.append(',').append(CsvCell.of(name));
    }
    text.append('\n');
    for (LambdaPath.Point<LinearSolution> point : path.points()) {
      LinearSolution solution = point.solution();
      for (int k = 0; k < solution.intercept().length; k++) {
        text.append(solution.lambda());
        if (classes) {
          text.append(',').append(CsvCell.of(target.classes().get(k)));
        }
        text.append(',').append(solution.intercept()[k]);
        for (double coefficient : solution.coefficients()[k]) {
          text.append(',').append(coefficient);
        }
        text.append('\n');
      }
    }
    return text.toString();
  }
}
