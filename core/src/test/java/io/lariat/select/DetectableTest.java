package io.lariat.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.data.Dataset;
import io.lariat.data.Task;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How large an effect the rows show. */
@Tag("E8")
class DetectableTest {
  private static final int TABLES = 60;

  /** A table whose target has that correlation with column 0, and nothing to do with the others. */
  private static Dataset table(long seed, int rows, double correlation, boolean classes) {
    RandomGenerator random = new SplittableRandom(seed);
    double[][] x = new double[rows][15];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      double[] row = x[i];
      Arrays.setAll(row, j -> random.nextGaussian());
      if (classes) { // the point-biserial correlation of classes that are `shift` apart
        double shift = 2 * correlation / Math.sqrt(1 - correlation * correlation);
        y[i] = random.nextBoolean() ? 1 : 0;
        row[0] += shift * y[i];
      } else {
        double rest = Math.sqrt(1 - correlation * correlation);
        y[i] = correlation * row[0] + rest * random.nextGaussian();
      }
    }
    return Dataset.of(x, y, classes ? Task.BINARY : Task.REGRESSION);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "20, false", "0, true"})
  void isSelectedFromNineOfTenTables(int hidden, boolean classes) {
    FeatureSelector selector = FeatureSelector.create().hidden(hidden);
    double correlation = selector.fit(table(0, 200, 0, classes)).detectable();
    assertThat(correlation).isBetween(0.25, 0.45);
    int strong = 0;
    int weak = 0;
    for (int seed = 1; seed <= TABLES; seed++) {
      Selection selection = selector.fit(table(seed, 200, correlation, classes));
      strong += selection.features().getFirst().selected() ? 1 : 0;
      selection = selector.fit(table(seed, 200, 0.4 * correlation, classes));
      weak += selection.features().getFirst().selected() ? 1 : 0;
    }
    // 54 are expected of 9 in 10; 45 or fewer have a probability of 1e-3
    assertThat(strong).as("of %d tables", TABLES).isGreaterThan(45);
    assertThat(weak).as("of %d tables", TABLES).isLessThan(TABLES / 3);
  }

  @Test
  void moreRowsShowWeakerEffects() {
    FeatureSelector selector = FeatureSelector.create();
    double few = selector.fit(table(1, 100, 0, false)).detectable();
    double many = selector.fit(table(1, 1600, 0, false)).detectable();
    assertThat(many).isBetween(few / 5, few / 3);
    assertThat(selector.fit(table(1, 12, 0, false)).detectable()).isGreaterThan(0.9);
  }
}
