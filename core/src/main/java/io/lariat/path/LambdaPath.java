package io.lariat.path;

import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import io.lariat.model.Model;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The models of all rows for falling lambdas, with what cross-validation says of each.
 *
 * @param <S> what is known of a model
 * @param data the rows
 * @param points from the largest lambda to the smallest
 * @param folds how many folds validated; 0: there was no cross-validation
 * @param standardization how features were standardised; null: not at all
 * @param targetStandardization how a regression's target was; null: not at all
 */
public record LambdaPath<S extends PathSolution>(
    Dataset data,
    List<Point<S>> points,
    int folds,
    @Nullable Standardization standardization,
    @Nullable Standardization targetStandardization) {

  /** How lambda is chosen. */
  public enum Rule {
    /** The least mean validation loss. */
    MIN,
    /** The largest lambda whose mean is within one standard error of the least. */
    ONE_SE
  }

  /**
   * One lambda. Without cross-validation the last three are NaN.
   *
   * @param solution the model of all rows
   * @param cvMean the mean validation data loss, folds weighted by their rows
   * @param cvSe its standard error over the folds
   * @param metric the accuracy of the validation rows, or the mean absolute error in the target's
   *     own units
   */
  public record Point<S extends PathSolution>(
      S solution, double cvMean, double cvSe, double metric) {}

  /** Copies the list. */
  public LambdaPath {
    points = List.copyOf(points);
  }

  /**
   * The position that {@code rule} chooses; of equal ones the largest lambda.
   *
   * @throws IllegalStateException if there was no cross-validation
   */
  public int chosen(Rule rule) {
    if (folds == 0) {
      throw new IllegalStateException("path: without folds there is no rule to choose by");
    }
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

  /** The model of all rows at position {@code i}. */
  public Model model(int i) {
    S solution = points.get(i).solution();
    return new Model(
        solution.network(),
        solution.weights(),
        data.schema(),
        standardization,
        targetStandardization,
        Map.of());
  }
}
