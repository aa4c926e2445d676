package io.lariat.path;

import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import io.lariat.model.Head;
import io.lariat.model.Heads;
import io.lariat.model.Model;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The models of all rows for falling lambdas, with what cross-validation says of each.
 *
 * @param <S> what is known of a model
 * @param data the rows
 * @param points from the largest lambda to the smallest
 * @param folds how many folds validated; 0: there was no cross-validation
 * @param withoutOne what the other folds choose for each fold that is left out; empty with fewer
 *     than three folds, of which one would be left, without an error
 * @param standardization how features were standardised; null: not at all
 * @param targetStandardization how a regression's target was; null: not at all
 */
public record LambdaPath<S extends PathSolution>(
    Dataset data,
    List<Point<S>> points,
    int folds,
    List<Choice> withoutOne,
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

  /**
   * The positions that both rules choose.
   *
   * @param min by {@link Rule#MIN}
   * @param oneSe by {@link Rule#ONE_SE}
   */
  public record Choice(int min, int oneSe) {
    /**
     * Chooses by mean validation losses and their standard errors, from the largest lambda to the
     * smallest; of equal ones the largest lambda.
     */
    static Choice of(double[] means, double[] errors) {
      int best = 0;
      for (int i = 1; i < means.length; i++) {
        if (means[i] < means[best]) {
          best = i;
        }
      }
      int at = 0;
      while (means[at] > means[best] + errors[best]) {
        at++;
      }
      return new Choice(best, at);
    }

    /** The position that {@code rule} chooses. */
    public int by(Rule rule) {
      return rule == Rule.MIN ? min : oneSe;
    }
  }

  /** Copies the lists. */
  public LambdaPath {
    points = List.copyOf(points);
    withoutOne = List.copyOf(withoutOne);
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
    double[] means = points.stream().mapToDouble(Point::cvMean).toArray();
    double[] errors = points.stream().mapToDouble(Point::cvSe).toArray();
    return Choice.of(means, errors).by(rule);
  }

  /**
   * How many features {@code rule} chooses, with all folds and with each of them left out: how far
   * the number rests on which rows came into which fold. Of one choice alone with fewer than three
   * folds.
   *
   * @throws IllegalStateException if there was no cross-validation
   */
  public IntSummaryStatistics chosenFeatures(Rule rule) {
    return IntStream.concat(
            IntStream.of(chosen(rule)), withoutOne.stream().mapToInt(choice -> choice.by(rule)))
        .map(i -> points.get(i).solution().features())
        .summaryStatistics();
  }

  /** What the outputs of the models are for. */
  public Head head() {
    return Heads.of(points.getFirst().solution().network().loss());
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
