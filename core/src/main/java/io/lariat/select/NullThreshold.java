package io.lariat.select;

import io.lariat.numeric.BlockProducts;
import io.lariat.numeric.Cholesky;
import io.lariat.numeric.Permutation;
import io.lariat.numeric.Vectors;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The quantile universal threshold (Giacobino, Sardy, Diaz-Rodriguez and Hengartner 2017; of
 * networks Sardy, van Cutsem and Ma 2025): a quantile of the least lambda at which the network can
 * stay empty, over targets that have nothing to do with the features.
 *
 * <p>With standardised features, groups weighted by the root of their size and normalised outgoing
 * weights that lambda is, for the root of the mean squared error, {@code max_g ||X_g' e|| / (sqrt(n
 * size_g) ||e||)} with Gaussian {@code e}, centred, and for the mean cross-entropy {@code max_g
 * ||s_g|| / (n sqrt(size_g))} where {@code s_j = sum_k |X_j'(Y - mean Y)|_k}, with the labels
 * permuted; without a hidden layer {@code s_j = ||X_j'(Y - mean Y)||}. It does not depend on the
 * noise's level.
 */
final class NullThreshold {
  private static final int MOST_DRAWS = 2000;
  private static final int LEAST_DRAWS = 200;

  /** Multiplications to spend on draws. */
  private static final double WORK = 2e9;

  /** Of a Gram matrix. */
  private static final int MOST_FACTORED = 1000;

  private final SelectionData data;
  private final boolean linear;
  private final RandomGenerator random;

  private NullThreshold(SelectionData data, boolean linear, long seed) {
    this.data = data;
    this.linear = linear;
    random = new SplittableRandom(seed);
  }

  /**
   * Estimates the quantile at {@code 1 - level}: of up to 2000 draws, at least 200, the one whose
   * rank is the least not below it. The standard error of its probability is {@code sqrt(level (1 -
   * level) / draws)}, 0.002 for 0.01 and 2000 draws.
   *
   * @param linear whether there is no hidden layer
   */
  static double of(SelectionData data, boolean linear, double level, long seed) {
    NullThreshold threshold = new NullThreshold(data, linear, seed);
    int features = data.x.length;
    boolean factored =
        data.task().isNumber() && features <= MOST_FACTORED && features < 2 * data.rows();
    double each =
        factored ? 0.5 * features * features : (double) data.rows() * features * data.outputs();
    int draws = (int) Math.clamp(WORK / each, LEAST_DRAWS, MOST_DRAWS);
    double[] maxima = factored ? threshold.factored(draws) : threshold.direct(draws);
    Arrays.sort(maxima);
    int rank = (int) Math.ceil((1 - level) * draws);
    return maxima[Math.max(1, rank) - 1];
  }

  /**
   * Draws of {@code X'e / ||e||} without e: {@code X'e = L z} with {@code L L' = X'X} and Gaussian
   * z, and the square of what of e is orthogonal to X is chi-squared.
   */
  private double[] factored(int draws) {
    int p = data.x.length;
    double[][] gram = new double[p][p];
    for (int a = 0; a < p; a++) {
      for (int b = 0; b <= a; b++) {
        gram[a][b] = Vectors.dot(data.x[a], data.x[b]);
      }
    }
    Cholesky root = Cholesky.of(gram);
    int free = Math.max(0, data.rows() - 1 - root.rank());
    double[] z = new double[p];
    double[] s = new double[p];
    double[] maxima = new double[draws];
    for (int d = 0; d < draws; d++) {
      double square = chiSquared(free);
      for (int k = 0; k < p; k++) {
        z[k] = root.isPivot(k) ? random.nextGaussian() : 0;
        square += z[k] * z[k];
      }
      double scale = 1 / Math.sqrt(data.rows() * square);
      for (int j = 0; j < p; j++) {
        s[j] = scale * root.multiply(j, z);
      }
      maxima[d] = largest(s);
    }
    return maxima;
  }

  /** Marsaglia and Tsang (2000). */
  private double chiSquared(int degrees) {
    if (degrees < 2) {
      double g = degrees == 0 ? 0 : random.nextGaussian();
      return g * g;
    }
    double d = degrees / 2.0 - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double g = random.nextGaussian();
      double v = (1 + c * g) * (1 + c * g) * (1 + c * g);
      if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * g * g + d * (1 - v + Math.log(v))) {
        return 2 * d * v;
      }
    }
  }

  private double[] direct(int draws) {
    int p = data.x.length;
    double[] maxima = new double[draws];
    for (int d = 0; d < draws; d++) {
      double[][] targets = data.task().isNumber() ? gaussian() : permuted();
      double[] products = new double[p * targets.length];
      BlockProducts.addGradient(data.x, targets, products, 0, data.rows());
      double[] s = new double[p];
      for (int j = 0; j < p; j++) {
        for (int k = 0; k < targets.length; k++) {
          double v = products[j * targets.length + k];
          s[j] += linear ? v * v : Math.abs(v);
        }
        s[j] = linear ? Math.sqrt(s[j]) : s[j];
      }
      maxima[d] = largest(s);
    }
    return maxima;
  }

  private double[][] gaussian() {
    double[] e = new double[data.rows()];
    Arrays.setAll(e, i -> random.nextGaussian());
    Vectors.center(e);
    Vectors.scale(1 / Math.sqrt(data.rows() * Vectors.dot(e, e)), e);
    return new double[][] {e};
  }

  private double[][] permuted() {
    double[] labels = data.y.clone();
    int n = labels.length;
    Permutation.shuffle(new double[][] {labels}, random);
    double[][] targets = new double[data.outputs()][n];
    for (int k = 0; k < targets.length; k++) {
      int positive = targets.length == 1 ? 1 : k;
      for (int i = 0; i < n; i++) {
        targets[k][i] = labels[i] == positive ? 1.0 / n : 0;
      }
      Vectors.center(targets[k]);
    }
    return targets;
  }

  /** Over the groups that are not kept. */
  private double largest(double[] s) {
    double largest = 0;
    for (int g = 0; g < data.groups(); g++) {
      double square = 0;
      for (int j = data.start[g]; j < data.start[g + 1]; j++) {
        square += s[j] * s[j];
      }
      if (!data.kept[g]) {
        largest = Math.max(largest, Math.sqrt(square / data.width(g)));
      }
    }
    return largest;
  }
}
