package io.lariat.path;

import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import io.lariat.model.Model;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The solutions of all rows for falling lambdas, with what cross-validation says of each.
 *
 * @param data the rows
 * @param points from the largest lambda to the smallest
 * @param standardization how features were standardised; null: not at all
 * @param targetStandardization how a regression's target was; null: not at all
 * @param l2 the ridge's share of the penalty
 */
public record LambdaPath(
    Dataset data,
    List<Point> points,
    @Nullable Standardization standardization,
    @Nullable Standardization targetStandardization,
    double l2) {

  /** How lambda is chosen. */
  public enum Rule {
    /** The least mean validation loss. */
    MIN,
    /** The largest lambda whose mean is within one standard error of the least. */
    ONE_SE
  }

  /**
   * One lambda.
   *
   * @param solution the solution of all rows
   * @param cvMean the mean validation data loss, folds weighted by their rows
   * @param cvSe its standard error over the folds
   * @param metric the accuracy of the validation rows, or the mean absolute error in the target's
   *     own units
   */
  public record Point(LinearSolution solution, double cvMean, double cvSe, double metric) {}

  /** Copies the list. */
  public LambdaPath {
    points = List.copyOf(points);
  }

  /** The position that {@code rule} chooses; of equal ones the largest lambda. */
  public int chosen(Rule rule) {
    int best = 0;
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).cvMean() < points.get(best).cvMean()) {
        best = i;
      }
    }
    if (rule == Rule.MIN) {
      return best;
    }
    double limit = points.get(best).cvMean() + points.get(best).cvSe();
    int at = 0;
    while (points.get(at).cvMean() > limit) {
      at++;
    }
    return at;
  }

  /** The model of all rows at position {@code i}, its coefficients rounded to float. */
  public Model model(int i) {
    return LinearModel.of(this, points.get(i).solution());
  }
}
