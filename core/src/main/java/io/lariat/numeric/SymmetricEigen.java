package io.lariat.numeric;

import java.util.Arrays;
import java.util.Comparator;

/** Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations. */
public final class SymmetricEigen {
  private static final int MOST_SWEEPS = 30;
  private static final double TOLERANCE = 1e-24;

  private final double[] values;

  /** {@code [component][eigenvector]}. */
  private final double[][] vectors;

  private final int[] order;

  /** Decomposes {@code a}, which is overwritten. */
  public SymmetricEigen(double[][] a) {
    int n = a.length;
    vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    for (int sweep = 0; sweep < MOST_SWEEPS && !isDiagonal(a); sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, p, q);
        }
      }
    }
    values = new double[n];
    Arrays.setAll(values, i -> a[i][i]);
    Integer[] byCount = new Integer[n];
    Arrays.setAll(byCount, i -> i);
    Arrays.sort(byCount, Comparator.comparingDouble(i -> -Math.abs(values[i])));
    order = Arrays.stream(byCount).mapToInt(i -> i).toArray();
  }

  private static boolean isDiagonal(double[][] a) {
    double off = 0;
    double all = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        all += a[i][j] * a[i][j];
        off += i == j ? 0 : a[i][j] * a[i][j];
      }
    }
    return off <= TOLERANCE * all;
  }

  private void rotate(double[][] a, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int k = 0; k < a.length; k++) {
      double x = a[k][p];
      double y = a[k][q];
      a[k][p] = c * x - s * y;
      a[k][q] = s * x + c * y;
    }
    for (int k = 0; k < a.length; k++) {
      double x = a[p][k];
      double y = a[q][k];
      a[p][k] = c * x - s * y;
      a[q][k] = s * x + c * y;
      x = vectors[k][p];
      y = vectors[k][q];
      vectors[k][p] = c * x - s * y;
      vectors[k][q] = s * x + c * y;
    }
  }

  /** How many there are. */
  public int size() {
    return values.length;
  }

  /** The eigenvalue that is number {@code i} by its absolute value, from 0. */
  public double value(int i) {
    return values[order[i]];
  }

  /** Component {@code k} of the eigenvector of {@link #value} {@code i}. */
  public double component(int i, int k) {
    return vectors[k][order[i]];
  }
}
