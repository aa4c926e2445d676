package io.lariat.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.data.Dataset;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How far the number that is chosen rests on the split into folds. */
@Tag("E11")
class ChoiceTest {

  @Test
  void leavesEachFoldOut() {
    double[][] loss = {{4, 1, 2}, {4, 3, 1}, {4, 2, 3}};
    FoldScores scores = new FoldScores(new int[] {10, 10, 20}, loss, loss);
    // without fold 0: (4, 7/3, 7/3); without 1: (4, 5/3, 8/3); without 2: (4, 2, 3/2)
    assertThat(scores.withoutOne()).extracting(LambdaPath.Choice::min).containsExactly(1, 1, 2);
    assertThat(scores.withoutOne().get(1).oneSe()).as("an error of sqrt(2 / 9)").isEqualTo(1);
    assertThat(new FoldScores(new int[] {1, 1}, loss, loss).withoutOne()).isEmpty();
  }

  /** Six effects from strong to weak among 40 columns, 150 rows. */
  private static Dataset weakening() {
    double[] effects = {1, 0.7, 0.5, 0.35, 0.25, 0.15};
    RandomGenerator random = new SplittableRandom(2);
    double[][] x = new double[150][40];
    double[] y = new double[150];
    for (int i = 0; i < y.length; i++) {
      double[] row = x[i];
      Arrays.setAll(row, j -> random.nextGaussian());
      y[i] = random.nextGaussian();
      for (int j = 0; j < effects.length; j++) {
        y[i] += effects[j] * row[j];
      }
    }
    return Dataset.of(x, y);
  }

  @Test
  void theRangeHasMostOfWhatOtherSplitsChoose() {
    Dataset data = weakening();
    LinearPath settings = LinearPath.standardized().folds(5);
    int inside = 0;
    IntSummaryStatistics range = settings.seed(1).fit(data).chosenFeatures(LambdaPath.Rule.MIN);
    assertThat(range.getCount()).isEqualTo(6);
    assertThat(range.getMin()).isLessThan(range.getMax());
    for (int seed = 2; seed <= 11; seed++) {
      LambdaPath<LinearSolution> path = settings.seed(seed).fit(data);
      int features = path.points().get(path.chosen(LambdaPath.Rule.MIN)).solution().features();
      inside += features >= range.getMin() && features <= range.getMax() ? 1 : 0;
    }
    assertThat(inside).as("of 10 other splits").isGreaterThanOrEqualTo(6);
  }

  @Test
  void ofTwoFoldsThereIsNoRange() {
    LambdaPath<LinearSolution> path = LinearPath.standardized().folds(2).fit(weakening());
    assertThat(path.chosenFeatures(LambdaPath.Rule.ONE_SE).getCount()).isEqualTo(1);
  }
}
