package io.lariat.select;

import io.lariat.data.Task;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The quantile universal threshold (Giacobino, Sardy, Diaz-Rodriguez and Hengartner 2017; for
 * networks Sardy, van Cutsem and Ma 2025): the quantile, over targets that have nothing to do with
 * the features, of the least lambda at which the network stays empty.
 *
 * <p>Features are standardised, groups weighted by the root of their size, outgoing weights
 * normalised; then that lambda is, of a regression with the root of the mean squared error, {@code
 * max_g ||X_g' e|| / (sqrt(n size_g) ||e||)} with Gaussian {@code e}, centred, and of classes with
 * the mean cross-entropy {@code max_g sqrt(mean over X_g of (sum_k |X_j'(Y - mean Y)|_k / n)^2)}
 * with the labels permuted.
 */
final class NullThreshold {
  private NullThreshold() {}

  /**
   * Estimates the quantile from {@code draws}: the order statistic whose rank is the least not
   * below {@code (1 - level) draws}. Its standard error in probability is {@code sqrt(level (1 -
   * level) / draws)}: 0.007 for 0.05 and 1000 draws.
   */
  static double of(SelectionData data, double level, int draws, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    double[] maxima = new double[draws];
    for (int d = 0; d < draws; d++) {
      maxima[d] = largest(data, nullTargets(data, random));
    }
    Arrays.sort(maxima);
    int rank = (int) Math.ceil((1 - level) * draws);
    return maxima[Math.min(draws, Math.max(1, rank)) - 1];
  }

  /** Residuals {@code [output][row]} of a target that has nothing to do with the features. */
  private static double[][] nullTargets(SelectionData data, RandomGenerator random) {
    int n = data.rows();
    if (data.task() == Task.REGRESSION) {
      double[] e = new double[n];
      for (int i = 0; i < n; i++) {
        e[i] = random.nextGaussian();
      }
      center(e);
      double square = 0;
      for (double v : e) {
        square += v * v;
      }
      double scale = 1 / Math.sqrt(n * square);
      for (int i = 0; i < n; i++) {
        e[i] *= scale;
      }
      return new double[][] {e};
    }
    double[] labels = data.y.clone();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double swap = labels[i];
      labels[i] = labels[j];
      labels[j] = swap;
    }
    double[][] targets = new double[data.outputs()][n];
    for (int k = 0; k < targets.length; k++) {
      int positive = targets.length == 1 ? 1 : k;
      for (int i = 0; i < n; i++) {
        targets[k][i] = labels[i] == positive ? 1.0 / n : 0;
      }
      center(targets[k]);
    }
    return targets;
  }

  private static void center(double[] e) {
    double mean = 0;
    for (double v : e) {
      mean += v;
    }
    mean /= e.length;
    for (int i = 0; i < e.length; i++) {
      e[i] -= mean;
    }
  }

  /** The least lambda at which the network stays empty, kept groups aside. */
  private static double largest(SelectionData data, double[][] targets) {
    double largest = 0;
    for (int g = 0; g < data.groups(); g++) {
      if (data.kept[g]) {
        continue;
      }
      double square = 0;
      for (int j = data.start[g]; j < data.start[g + 1]; j++) {
        double sum = 0;
        for (double[] target : targets) {
          sum += Math.abs(Lbfgs.dot(data.x[j], target));
        }
        square += sum * sum;
      }
      largest = Math.max(largest, Math.sqrt(square / data.width(g)));
    }
    return largest;
  }
}
