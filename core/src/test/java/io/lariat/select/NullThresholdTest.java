package io.lariat.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lariat.data.Dataset;
import io.lariat.data.Task;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The threshold against plain simulation of the null model, by its definition. */
class NullThresholdTest {
  private static final int DRAWS = 20_000;

  /** Correlated, skewed columns. */
  private static double[][] columns(int rows, int features) {
    RandomGenerator random = new SplittableRandom(6);
    double[][] x = new double[rows][features];
    for (double[] row : x) {
      double common = random.nextGaussian();
      for (int j = 0; j < features; j++) {
        row[j] = Math.exp(0.5 * (common + random.nextGaussian()));
      }
    }
    return x;
  }

  @ParameterizedTest
  @CsvSource({"60, 8, 0.05", "60, 8, 0.3", "30, 80, 0.05"})
  void ofARegression(int rows, int features, double level) {
    double[] y = new SplittableRandom(1).doubles(rows).toArray();
    SelectionData data =
        SelectionData.of(Dataset.of(columns(rows, features), y, Task.REGRESSION), List.of());
    double lambda = NullThreshold.of(data, false, level, 3);
    RandomGenerator random = new SplittableRandom(8);
    int above = 0;
    for (int d = 0; d < DRAWS; d++) {
      double[] e = new double[rows];
      double mean = 0;
      for (int i = 0; i < rows; i++) {
        e[i] = 5 * random.nextGaussian(); // the noise's level does not matter
        mean += e[i] / rows;
      }
      double norm = 0;
      for (double v : e) {
        norm += (v - mean) * (v - mean);
      }
      double largest = 0;
      for (double[] x : data.x) {
        double product = 0;
        for (int i = 0; i < rows; i++) {
          product += x[i] * (e[i] - mean);
        }
        largest = Math.max(largest, Math.abs(product) / Math.sqrt(rows * norm));
      }
      above += largest > lambda ? 1 : 0;
    }
    assertLevel(above, level);
  }

  @ParameterizedTest
  @CsvSource({"2, 0.1", "3, 0.1"})
  void ofClasses(int classes, double level) {
    int rows = 50;
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = i % 5 < 3 ? 0 : i % 5 - 5 + classes;
    }
    Task task = classes == 2 ? Task.BINARY : Task.MULTICLASS;
    for (int i = 0; i < rows; i++) {
      y[i] = Math.max(0, y[i]);
    }
    SelectionData data = SelectionData.of(Dataset.of(columns(rows, 6), y, task), List.of());
    double lambda = NullThreshold.of(data, false, level, 3);
    RandomGenerator random = new SplittableRandom(8);
    int above = 0;
    for (int d = 0; d < DRAWS; d++) {
      shuffle(y, random);
      double largest = 0;
      for (double[] x : data.x) {
        double sum = 0;
        for (int k = classes == 2 ? 1 : 0; k < classes; k++) {
          double product = 0; // columns have mean 0, so the labels need not be centred
          for (int i = 0; i < rows; i++) {
            product += y[i] == k ? x[i] / rows : 0;
          }
          sum += Math.abs(product);
        }
        largest = Math.max(largest, sum);
      }
      above += largest > lambda ? 1 : 0;
    }
    assertLevel(above, level);
  }

  @Test
  void aKeptColumnDoesNotCount() {
    double[] y = new SplittableRandom(1).doubles(60).toArray();
    Dataset data = Dataset.of(columns(60, 8), y, Task.REGRESSION);
    double all = NullThreshold.of(SelectionData.of(data, List.of()), false, 0.05, 3);
    double one =
        NullThreshold.of(
            SelectionData.of(data, List.of("x1", "x2", "x3", "x4", "x5", "x6", "x7")),
            false,
            0.05,
            3);
    // of one column it is the quantile of |t| on the correlation's scale
    assertThat(one).isCloseTo(0.254, within(0.01)).isLessThan(all);
  }

  private static void shuffle(double[] y, RandomGenerator random) {
    for (int i = y.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double swap = y[i];
      y[i] = y[j];
      y[j] = swap;
    }
  }

  /** Within four standard errors of both simulations: 2000 draws for the threshold. */
  private static void assertLevel(int above, double level) {
    double error = Math.sqrt(level * (1 - level) * (1.0 / DRAWS + 1.0 / 2000));
    assertThat((double) above / DRAWS).isCloseTo(level, within(4 * error));
  }
}
