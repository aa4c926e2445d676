package io.lariat.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lariat.data.Dataset;
import io.lariat.data.Task;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths beside columns that are others, exactly or up to some digits, and of unequal classes. */
class DependentColumnsTest {
  private static final int ROWS = 200;

  /**
   * A measure beside its copy, beside itself in another unit and beside a sum, each right to {@code
   * digits} digits; all lambdas are solved as exactly as without them.
   */
  @Tag("E6")
  @ParameterizedTest
  @CsvSource({
    "REGRESSION, 3",
    "REGRESSION, 6",
    "REGRESSION, 8",
    "REGRESSION, 20",
    "BINARY, 5",
    "BINARY, 6",
    "BINARY, 20",
    "MULTICLASS, 3",
    "MULTICLASS, 6",
    "MULTICLASS, 8",
    "MULTICLASS, 20"
  })
  void nearCopiesAreSolvedAsExactly(Task task, int digits) {
    Random random = new Random(digits);
    double noise = Math.pow(10, -digits);
    double[][] x = new double[ROWS][];
    double[] y = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double units = 1.8 * a + 32 + noise * random.nextGaussian();
      double sum = a + b + noise * random.nextGaussian();
      x[i] = new double[] {a, b, units, sum, a, random.nextGaussian()};
      double score = 2 * a - b + random.nextGaussian();
      y[i] = of(task, score);
    }
    assertOptimal(LinearPath.standardized().lambdas(20).folds(0).fit(Dataset.of(x, y, task)));
  }

  private static double of(Task task, double score) {
    return switch (task) {
      case REGRESSION -> score;
      case BINARY -> score > 0 ? 1 : 0;
      case MULTICLASS -> score > 1 ? 2 : score > -1 ? 1 : 0;
    };
  }

  private static void assertOptimal(LambdaPath<LinearSolution> path) {
    for (LambdaPath.Point<LinearSolution> point : path.points()) {
      LinearSolution s = point.solution();
      assertThat(s.kkt()).as("lambda %s", s.lambda()).isLessThanOrEqualTo(1e-9 * s.lambda());
    }
  }

  /**
   * Without features each class has the share of its rows, and the path from there on is solved at
   * every lambda, however unequal the classes are.
   */
  @Tag("D11")
  @ParameterizedTest
  @ValueSource(ints = {3, 10})
  void unequalClassesStartAtTheirSharesAndAreSolved(int classes) {
    Random random = new Random(classes);
    double[][] x = new double[ROWS][];
    double[] y = new double[ROWS];
    int[] counts = new int[classes];
    for (int i = 0; i < ROWS; i++) {
      double share = random.nextDouble();
      int k = i < classes ? i : (int) (classes * share * share * share);
      counts[k]++;
      y[i] = k;
      x[i] = new double[] {random.nextGaussian() + 0.2 * k, random.nextGaussian()};
    }
    LambdaPath<LinearSolution> path =
        LinearPath.standardized().lambdas(12).folds(0).fit(Dataset.of(x, y, Task.MULTICLASS));
    LinearSolution empty = path.points().getFirst().solution();
    assertThat(empty.zeros()).isEqualTo(2 * classes);
    for (int k = 1; k < classes; k++) {
      assertThat(empty.intercept()[k] - empty.intercept()[0])
          .isCloseTo(Math.log((double) counts[k] / counts[0]), within(1e-9));
    }
    assertOptimal(path);
  }
}
