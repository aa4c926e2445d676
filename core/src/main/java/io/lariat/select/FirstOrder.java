package io.lariat.select;

import io.lariat.numeric.BlockProducts;
import io.lariat.numeric.Permutation;
import io.lariat.numeric.Vectors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether groups of features go with what is left to explain, each by itself: the squared length of
 * the residuals' projection on what a group adds to the columns that explain already, in units of
 * their variance; of several classes the sum over them, weighted as in the chi-squared statistic of
 * a table. It is taken as a tail probability, so that groups of many features and single ones are
 * treated alike.
 *
 * <p>Numbers, and the residuals of a regression, are looked at by their {@link NormalScores}. How
 * far chance goes is simulated: the largest over all groups, the rows of the residuals permuted
 * among those of the features. If the features have nothing to do with the residuals that is exact,
 * whatever the distributions of both.
 */
final class FirstOrder {
  private static final int MOST_DRAWS = 2000;

  /** How many draws chance should take beyond the level, if they can be afforded. */
  private static final double DRAWS_BEYOND = 4;

  /** Multiplications to spend on draws. */
  private static final double WORK = 5e8;

  /** Residuals whose mean square is less are all explained. */
  private static final double LEAST_MEAN_SQUARE = 1e-20;

  private final SelectionData data;
  private final NormalScores normalScores;

  /** The features as they are looked at; null until they are. */
  private final double[] @Nullable [] x;

  /** For each output, what its part of the statistic is multiplied by. */
  private final double[] weight;

  private double critical = Double.POSITIVE_INFINITY;

  FirstOrder(SelectionData data) {
    this.data = data;
    normalScores = new NormalScores(data.rows());
    x = new double[data.x.length][];
    weight = new double[data.outputs()];
    Arrays.fill(weight, 1);
    if (weight.length > 1) {
      for (double label : data.y) {
        weight[(int) label] -= 1.0 / data.rows();
      }
    }
  }

  /** The features of group {@code g} as they are looked at. */
  double[][] columns(int g) {
    double[][] columns = new double[data.width(g)][];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = column(g, data.start[g] + i);
    }
    return columns;
  }

  private double[] column(int g, int j) {
    double @Nullable [] known = x[j];
    if (known == null) {
      known = data.isCategorical(g) ? data.x[j] : normalScores.of(data.x[j]);
      x[j] = known;
    }
    return known;
  }

  /** The residuals as they are looked at, {@code [output][row]}. */
  double[][] scored(double[][] residuals) {
    double[][] scored = new double[residuals.length][];
    for (int k = 0; k < scored.length; k++) {
      scored[k] = data.task().isNumber() ? normalScores.of(residuals[k]) : residuals[k];
    }
    return scored;
  }

  /**
   * Finds by simulation how far chance goes.
   *
   * @param scored residuals that no column explains but the kept ones
   */
  void calibrate(double[][] scored, double level, long seed) {
    double each = (double) data.rows() * x.length * scored.length;
    double most = Math.clamp(WORK / each, 1 / level, MOST_DRAWS);
    int draws = (int) Math.ceil(Math.clamp(DRAWS_BEYOND / level, 1 / level, most));
    int[] degrees = degrees();
    double[][] all =
        IntStream.range(0, data.groups())
            .mapToObj(this::columns)
            .flatMap(Arrays::stream)
            .toArray(double[][]::new);
    double[] scale = scales(scored);
    RandomGenerator random = new SplittableRandom(seed);
    double[][] permuted = new double[scored.length][];
    Arrays.setAll(permuted, k -> scored[k].clone());
    double[] products = new double[x.length * scored.length];
    double[] largest = new double[draws];
    for (int d = 0; d < draws; d++) {
      Permutation.shuffle(permuted, random);
      Arrays.fill(products, 0);
      BlockProducts.addGradient(all, permuted, products, 0, data.rows());
      largest[d] = largest(products, scale, degrees);
    }
    Arrays.sort(largest);
    int beyond = Math.max(1, (int) Math.floor(level * (draws + 1)));
    critical = largest[draws - beyond];
  }

  boolean isCalibrated() {
    return critical < Double.POSITIVE_INFINITY;
  }

  /** The share of the residuals' variance that a number explains where chance ends. */
  double leastShare() {
    int free = data.rows() - 1;
    double low = 0;
    double high = free;
    if (-ChiSquared.logTail(high, degrees(1)) <= critical) {
      return 1;
    }
    for (int i = 0; i < 60; i++) {
      double middle = 0.5 * (low + high);
      boolean isBeyond = isBeyondChance(-ChiSquared.logTail(middle, degrees(1)));
      low = isBeyond ? low : middle;
      high = isBeyond ? middle : high;
    }
    return high / free;
  }

  /** Whether chance does not go as far. */
  boolean isBeyondChance(double evidence) {
    return evidence > critical;
  }

  /**
   * Minus the logarithm of the tail probability of what {@code columns} add to {@code explained}; 0
   * if nothing.
   */
  double evidence(double[][] columns, Subspace explained, double[][] scored) {
    List<double[]> added = explained.beyond(columns);
    int free = data.rows() - explained.dimension();
    double statistic = 0;
    for (int k = 0; k < scored.length; k++) {
      double[] r = explained.without(scored[k]);
      double square = Math.max(Vectors.dot(r, r), LEAST_MEAN_SQUARE * data.rows());
      for (double[] q : added) {
        double along = Vectors.dot(q, r);
        statistic += weight[k] * free * along * along / square;
      }
    }
    return added.isEmpty() ? 0 : -ChiSquared.logTail(statistic, degrees(added.size()));
  }

  private int degrees(int features) {
    return features * Math.max(1, weight.length - 1);
  }

  /**
   * Of each group's statistic in the simulation: the features of a category add up to a constant.
   */
  private int[] degrees() {
    int[] degrees = new int[data.groups()];
    for (int g = 0; g < degrees.length; g++) {
      int varying = 0;
      for (double[] feature : columns(g)) {
        varying += Vectors.dot(feature, feature) > 0 ? 1 : 0;
      }
      degrees[g] = degrees(data.isCategorical(g) ? Math.max(1, varying - 1) : 1);
    }
    return degrees;
  }

  /** For each product of a feature and an output, what its square is multiplied by. */
  private double[] scales(double[][] scored) {
    double[] scale = new double[x.length * scored.length];
    int n = data.rows();
    for (int k = 0; k < scored.length; k++) {
      double square = Math.max(Vectors.dot(scored[k], scored[k]), LEAST_MEAN_SQUARE * n);
      for (int g = 0; g < data.groups(); g++) {
        for (int j = data.start[g]; j < data.start[g + 1]; j++) {
          scale[j * scored.length + k] = weight[k] * data.outside(g, j) * (n - 1) / (n * square);
        }
      }
    }
    return scale;
  }

  private double largest(double[] products, double[] scale, int[] degrees) {
    int outputs = weight.length;
    Map<Integer, Double> byDegrees = new HashMap<>();
    for (int g = 0; g < degrees.length; g++) {
      double statistic = 0;
      for (int i = data.start[g] * outputs; i < data.start[g + 1] * outputs; i++) {
        statistic += scale[i] * products[i] * products[i];
      }
      if (!data.kept[g]) {
        byDegrees.merge(degrees[g], statistic, Math::max);
      }
    }
    return byDegrees.entrySet().stream()
        .mapToDouble(e -> -ChiSquared.logTail(e.getValue(), e.getKey()))
        .max()
        .orElse(0);
  }
}
