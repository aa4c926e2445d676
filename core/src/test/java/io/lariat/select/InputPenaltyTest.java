package io.lariat.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lariat.data.Task;
import io.lariat.model.Heads;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Losses, penalty and their gradient against plain computations. */
class InputPenaltyTest {
  private static final int ROWS = 150; // more than a block

  private static double[][] columns(RandomGenerator random) {
    double[][] x = new double[4][ROWS];
    for (double[] column : x) {
      Arrays.setAll(column, i -> random.nextGaussian());
    }
    return x;
  }

  @ParameterizedTest
  @CsvSource({
    "REGRESSION, 5, 1",
    "REGRESSION, 0, 1",
    "BINARY, 5, 1",
    "BINARY, 0, 1",
    "MULTICLASS, 5, 3",
    "MULTICLASS, 0, 3"
  })
  void gradientIsThatOfTheValue(Task task, int units, int outputs) {
    RandomGenerator random = new SplittableRandom(5);
    double[] y = new double[ROWS];
    Arrays.setAll(
        y,
        i ->
            task == Task.REGRESSION
                ? random.nextGaussian()
                : random.nextInt(outputs + 1) % Math.max(2, outputs));
    GroupNetwork network =
        new GroupNetwork(Heads.of(task).loss(), columns(random), y, units, outputs);
    int[] group = {0, 0, 1, 2};
    double[] factor = {Math.sqrt(2), 0, 1};
    for (PenaltyShape shape :
        List.of(
            PenaltyShape.LINEAR,
            PenaltyShape.logarithmic(0.2),
            PenaltyShape.minimaxConcave(0.2),
            PenaltyShape.minimaxConcave(20))) {
      InputPenalty penalized = new InputPenalty(network, group, factor, 0.3, shape, 0.05, 0.1);
      double[] w = new double[network.size()];
      Arrays.setAll(w, i -> random.nextGaussian());
      double[] gradient = new double[w.length];
      double[] other = new double[w.length];
      penalized.valueAndGradient(w, gradient);
      for (int i = 0; i < w.length; i++) {
        double at = w[i];
        w[i] = at + 1e-6;
        double up = penalized.valueAndGradient(w, other);
        w[i] = at - 1e-6;
        double down = penalized.valueAndGradient(w, other);
        w[i] = at;
        // a kink of a unit in between is missed by far at these weights
        assertThat(gradient[i]).as("parameter %d", i).isCloseTo((up - down) / 2e-6, within(1e-7));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"REGRESSION", "BINARY"})
  void lossIsThatOfRows(Task task) {
    RandomGenerator random = new SplittableRandom(6);
    double[][] x = columns(random);
    double[] y = new double[ROWS];
    Arrays.setAll(y, i -> task == Task.REGRESSION ? random.nextGaussian() : random.nextInt(2));
    GroupNetwork network = new GroupNetwork(Heads.of(task).loss(), x, y, 3, 1);
    double[] w = new double[network.size()];
    Arrays.setAll(w, i -> random.nextGaussian());
    double norm = Math.sqrt(w[12] * w[12] + w[13] * w[13] + w[14] * w[14]);
    double sum = 0;
    double[] losses = new double[ROWS];
    double[][] residuals = network.residuals(w);
    network.rowLosses(w, losses);
    for (int i = 0; i < ROWS; i++) {
      double out = w[18];
      for (int u = 0; u < 3; u++) {
        double z = w[15 + u];
        for (int j = 0; j < 4; j++) {
          z += w[j * 3 + u] * x[j][i];
        }
        out += Math.max(z, 0) * w[12 + u] / norm;
      }
      double probability = 1 / (1 + Math.exp(-out));
      double left = y[i] - (task == Task.REGRESSION ? out : probability);
      double loss =
          task == Task.REGRESSION
              ? left * left
              : -Math.log(y[i] == 1 ? probability : 1 - probability);
      assertThat(residuals[0][i]).isCloseTo(left, within(1e-12));
      assertThat(losses[i]).isCloseTo(loss, within(1e-12));
      sum += loss / ROWS;
    }
    double expected = task == Task.REGRESSION ? Math.sqrt(sum) : sum;
    assertThat(network.loss(w)).isCloseTo(expected, within(1e-11));
  }
}
