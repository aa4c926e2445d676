package io.lariat.select;

import io.lariat.numeric.BlockProducts;
import io.lariat.numeric.Cholesky;
import io.lariat.numeric.SymmetricEigen;
import io.lariat.numeric.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Directions in which residuals depend on the features, linearly or by a curvature: least squares
 * and principal Hessian directions (Li 1992), with all entries set to zero that chance could have
 * made. {@code c = mean r x~} and {@code H = mean r x~ x~'}, where {@code x~} are the features
 * decorrelated: the inverse of a shrunk correlation matrix times x (Schaefer and Strimmer 2005).
 *
 * <p>An entry is taken for a signal if it is larger in absolute value than {@code (sqrt(2 log m) -
 * slack)} standard errors, m the number of entries: what is taken by mistake only costs hidden
 * units at the start, since the path has the last word.
 */
final class Directions {
  /** More features than this are not decorrelated: it is cubic in them. */
  private static final int MOST_DECORRELATED = 500;

  /** More features than this are screened before their products are looked at. */
  private static final int MOST_PAIRED = 3000;

  /** Below this shrinkage correlations are more than noise. */
  private static final double MOST_SHRINKAGE = 0.7;

  private static final double LEAST_SHRINKAGE = 0.01;

  /** More features than this do not share an eigenproblem. */
  private static final int MOST_ACTIVE = 80;

  /** Eigenvalues below this share of the largest are left out. */
  private static final double LEAST_SHARE = 0.2;

  private final double[][] x;
  private final int rows;

  private Directions(double[][] x, int rows) {
    this.x = x;
    this.rows = rows;
  }

  /** Prepares the features of {@code data}. */
  static Directions of(SelectionData data) {
    return new Directions(decorrelated(data.x, data.rows()), data.rows());
  }

  private static double[][] decorrelated(double[][] x, int rows) {
    int p = x.length;
    if (p > MOST_DECORRELATED || p < 2) {
      return x;
    }
    double[][] correlation = new double[p][p];
    double noise = 0;
    double square = 0;
    for (int a = 0; a < p; a++) {
      for (int b = 0; b < a; b++) {
        double r = Vectors.dot(x[a], x[b]) / rows;
        correlation[a][b] = r;
        noise += (1 - r * r) * (1 - r * r) / rows;
        square += r * r;
      }
      correlation[a][a] = 1;
    }
    if (!(noise < MOST_SHRINKAGE * square)) {
      return x;
    }
    double shrinkage = Math.max(LEAST_SHRINKAGE, noise / square);
    for (int a = 0; a < p; a++) {
      for (int b = 0; b < a; b++) {
        correlation[a][b] *= 1 - shrinkage;
      }
    }
    double[][] z = new double[p][];
    Arrays.setAll(z, j -> x[j].clone());
    Cholesky.of(correlation).solve(z);
    return z;
  }

  /**
   * Directions for {@code residuals}, the strongest first.
   *
   * @param residuals {@code [output][row]}; changed: they are centred
   * @param most how many directions; those along which the residuals bend come in pairs
   */
  List<Direction> of(double[][] residuals, int most, double slack) {
    List<Direction> found = new ArrayList<>();
    int each = Math.max(2, most / residuals.length);
    for (int k = 0; k < residuals.length; k++) {
      double[] r = residuals[k];
      Vectors.center(r);
      List<Direction> own = new ArrayList<>();
      linear(r, k, slack, own);
      bending(r, k, slack, each, own);
      found.addAll(own.subList(0, Math.min(each, own.size())));
    }
    return found.subList(0, Math.min(most, found.size()));
  }

  private static double threshold(double entries, double slack) {
    return Math.max(1, Math.sqrt(2 * Math.log(entries)) - slack);
  }

  private void linear(double[] r, int output, double slack, List<Direction> found) {
    double threshold = threshold(Math.max(2, x.length), slack);
    double[] mean = new double[x.length];
    int[] active =
        IntStream.range(0, x.length)
            .filter(
                j -> {
                  mean[j] = Vectors.dot(x[j], r) / rows;
                  return Math.abs(mean[j]) > threshold * standardError(x[j], r);
                })
            .toArray();
    if (active.length > 0) {
      double[] weights = Arrays.stream(active).mapToDouble(j -> mean[j]).toArray();
      Direction up = new Direction(active, weights, output, 1);
      found.add(up);
      found.add(up.opposite(-1));
    }
  }

  /** Of the mean of the products of {@code a} and {@code b}, if that is 0. */
  private double standardError(double[] a, double[] b) {
    double square = 0;
    for (int i = 0; i < rows; i++) {
      double v = a[i] * b[i];
      square += v * v;
    }
    return Math.sqrt(square) / rows;
  }

  private void bending(double[] r, int output, double slack, int most, List<Direction> found) {
    int[] candidates = candidates(r);
    int m = candidates.length;
    double threshold = threshold(Math.max(2, m * (m + 1.0) / 2), slack);
    double deviation = Math.sqrt(Vectors.dot(r, r) / rows);
    double[][] columns = new double[m][];
    Arrays.setAll(columns, a -> x[candidates[a]]);
    double[] strength = new double[m];
    List<int[]> entries = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    double[][] product = new double[1][rows];
    for (int a = 0; a < m; a++) {
      for (int i = 0; i < rows; i++) {
        product[0][i] = r[i] * columns[a][i];
      }
      double[] sums = new double[a + 1];
      BlockProducts.addGradient(Arrays.copyOf(columns, a + 1), product, sums, 0, rows);
      for (int b = 0; b <= a; b++) {
        double mean = sums[b] / rows;
        // half the usual standard error as a first sieve, to compute the real one for few
        if (Math.abs(mean) > 0.5 * threshold * deviation / Math.sqrt(rows)) {
          double z = Math.abs(mean) / standardError(columns[b], product[0]);
          if (z > threshold) {
            entries.add(new int[] {a, b});
            values.add(mean);
            strength[a] = Math.max(strength[a], z);
            strength[b] = Math.max(strength[b], z);
          }
        }
      }
    }
    int[] active =
        IntStream.range(0, m)
            .filter(a -> strength[a] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(a -> -strength[a]))
            .limit(MOST_ACTIVE)
            .mapToInt(a -> a)
            .sorted()
            .toArray();
    double[][] hessian = new double[active.length][active.length];
    for (int e = 0; e < entries.size(); e++) {
      int a = Arrays.binarySearch(active, entries.get(e)[0]);
      int b = Arrays.binarySearch(active, entries.get(e)[1]);
      if (a >= 0 && b >= 0) {
        hessian[a][b] = values.get(e);
        hessian[b][a] = values.get(e);
      }
    }
    int[] features = Arrays.stream(active).map(a -> candidates[a]).toArray();
    addEigenvectors(new SymmetricEigen(hessian), features, output, most, found);
  }

  private static void addEigenvectors(
      SymmetricEigen eigen, int[] features, int output, int most, List<Direction> found) {
    for (int i = 0; i < eigen.size() && found.size() + 2 <= most; i++) {
      double value = eigen.value(i);
      if (Math.abs(value) < LEAST_SHARE * Math.abs(eigen.value(0)) || value == 0) {
        return;
      }
      double size = Math.sqrt(Math.abs(value));
      double[] weights = new double[features.length];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = size * eigen.component(i, k);
      }
      Direction one = new Direction(features, weights, output, (int) Math.signum(value));
      found.add(one);
      found.add(one.opposite(one.sign()));
    }
  }

  /** All features, or those whose values or squares go most with the residuals. */
  private int[] candidates(double[] r) {
    if (x.length <= MOST_PAIRED) {
      return IntStream.range(0, x.length).toArray();
    }
    double[] strength = new double[x.length];
    double[] squares = new double[rows];
    for (int j = 0; j < x.length; j++) {
      for (int i = 0; i < rows; i++) {
        squares[i] = x[j][i] * x[j][i];
      }
      double line = Math.abs(Vectors.dot(x[j], r)) / standardError(x[j], r);
      double curve = Math.abs(Vectors.dot(squares, r)) / standardError(squares, r);
      strength[j] = Math.max(line, curve); // NaN of a constant feature sorts last
    }
    return IntStream.range(0, x.length)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> strength[j] > 0 ? -strength[j] : 0))
        .limit(MOST_PAIRED)
        .mapToInt(j -> j)
        .sorted()
        .toArray();
  }
}
