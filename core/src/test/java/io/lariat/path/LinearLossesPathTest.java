package io.lariat.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.ElementLoss;
import io.lariat.backend.Huber;
import io.lariat.backend.Poisson;
import io.lariat.backend.Quantile;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Heads;
import io.lariat.train.TrainingException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Linear paths by the losses that are not the usual ones of a task. */
class LinearLossesPathTest {
  private static final double[][] X = {
    {0.5, -1.2, 0.3}, {1.5, 0.4, -0.7}, {-0.3, 0.8, 1.1}, {-1.1, -0.6, 0.2}, {0.9, 1.3, -1.5},
    {-0.8, 0.1, 0.6}, {0.2, -0.9, -0.4}, {1.2, 0.7, 0.9}, {-1.4, 1.0, -0.2}, {0.6, -0.3, 1.3}
  };
  private static final double[] COUNTS = {2, 7, 1, 0, 9, 1, 2, 6, 0, 3};

  private static LambdaPath<LinearSolution> path(
      ElementLoss loss, double[] y, double l2, double... lambdas) {
    return LinearPath.unstandardized()
        .head(Heads.of(loss))
        .lambdas(lambdas)
        .l2(l2)
        .folds(0)
        .fit(Dataset.of(X, y, Task.REGRESSION));
  }

  private static void assertSolution(
      LinearSolution found, double within, double intercept, double... coefficients) {
    assertThat(found.kkt()).isLessThan(1e-9);
    assertThat(found.intercept()[0]).isCloseTo(intercept, within(within));
    assertThat(found.coefficients()[0]).containsExactly(coefficients, within(within));
  }

  /** Against {@code PoissonRegressor(alpha=0.2)} of scikit-learn 1.2, whose l2 is alpha / 2. */
  @Test
  void poissonRidgeIsThatOfScikitLearn() {
    assertSolution(
        path(new Poisson(), COUNTS, 0.1, 1e-13).points().getFirst().solution(),
        1e-7,
        0.5894941507332537,
        0.8888115100995168,
        0.28143140945843464,
        -0.16388503607851992);
  }

  /** Against L-BFGS-B of SciPy on the positive and the negative parts of the weights. */
  @Test
  void poissonLassoIsThatOfScipy() {
    LambdaPath<LinearSolution> path = path(new Poisson(), COUNTS, 0, 0.3, 0.05);
    assertSolution(
        path.points().get(0).solution(), 1e-6, 0.66853154, 0.85773362, 0.17404248, -0.11493280);
    assertSolution(
        path.points().get(1).solution(), 1e-6, 0.51299163, 0.98592129, 0.27656676, -0.14159673);
  }

  /** The same, with a target that is far from all others. */
  @Test
  void huberLassoIsThatOfScipy() {
    double[] y = COUNTS.clone();
    y[4] = 40;
    assertSolution(
        path(new Huber(1.35), y, 0, 0.1).points().getFirst().solution(),
        1e-6,
        2.82987810,
        2.38488304,
        1.10263073,
        -0.99124391);
    assertSolution(
        path(new Huber(1.35), y, 0.01, 0.02).points().getFirst().solution(),
        1e-6,
        2.88599983,
        2.43241855,
        1.23822759,
        -1.16031157);
  }

  /** Down to where nearly every row is an outlier, and nothing curves. */
  @Test
  void wholePathsAreOptimalAndStartEmpty() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] x = new double[200][12];
    double[] y = new double[200];
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 12; j++) {
        x[i][j] = random.nextGaussian();
      }
      double mean = Math.exp(0.8 * x[i][0] - 0.5 * x[i][1] + 0.3);
      y[i] = Math.rint(mean * (1 + 0.3 * random.nextDouble()));
    }
    Dataset data = Dataset.of(x, y, Task.REGRESSION);
    for (ElementLoss loss : new ElementLoss[] {new Poisson(), new Huber(1), new Huber(0.01)}) {
      LambdaPath<LinearSolution> path =
          LinearPath.standardized().head(Heads.of(loss)).folds(4).seed(7).fit(data);
      assertThat(path.points().getFirst().solution().features()).as("%s", loss).isZero();
      for (LambdaPath.Point<LinearSolution> p : path.points()) {
        LinearSolution s = p.solution();
        assertThat(s.kkt()).as("%s at %s", loss, s.lambda()).isLessThan(1e-6 * s.lambda());
        assertThat(p.cvMean()).isFinite();
      }
      LinearSolution chosen = path.points().get(path.chosen(LambdaPath.Rule.ONE_SE)).solution();
      assertThat(chosen.coefficients()[0][0]).as("%s", loss).isPositive();
      assertThat(chosen.coefficients()[0][1]).as("%s", loss).isNegative();
    }
  }

  @Test
  void aPoissonTargetIsAtLeastZero() {
    double[] y = COUNTS.clone();
    y[3] = -1;
    assertThatThrownBy(() -> path(new Poisson(), y, 0, 0.1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "the target of row 4 is -1, and a Poisson target is a count or a rate, at least 0;");
  }

  @Test
  void aQuantileHasNoPath() {
    assertThatThrownBy(() -> path(new Quantile(0.9), COUNTS, 0, 0.1))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("the loss of quantile:0.9 has no derivative where");
  }
}
