package io.lariat.path;

/**
 * Minimises {@code g'(v - w) + (v - w)'Q(v - w) / 2 + sum_j (l1_j |v_j| + l2_j v_j^2)}, the inner
 * problem of a proximal Newton step: cyclic coordinate descent (Friedman, Hastie and Tibshirani
 * 2010, section 2.2, "covariance updates"), and between sweeps a direct solution on the weights
 * that are not zero, which ends what coordinates alone approach slowly where columns are
 * correlated.
 */
final class QuadraticLasso {
  private static final int MOST_SWEEPS = 2000;

  /** Sweeps between direct solutions. */
  private static final int SWEEPS = 4;

  /** A pivot below this share of its diagonal means columns that depend on each other. */
  private static final double LEAST_PIVOT = 1e-11;

  private final double[][] q;
  private final double[] gradient;
  private final double[] v;
  private final double[] l1;
  private final double[] l2;

  /**
   * The problem at its start.
   *
   * @param q {@code [m][m]}, symmetric, positive semidefinite
   * @param gradient {@code g [m]}; changed to the gradient of the smooth part without l2 at v
   * @param v the weights w {@code [m]}; changed to the solution
   */
  QuadraticLasso(double[][] q, double[] gradient, double[] v, double[] l1, double[] l2) {
    this.q = q;
    this.gradient = gradient;
    this.v = v;
    this.l1 = l1;
    this.l2 = l2;
  }

  /** Runs until no coordinate violates its optimality condition by more than {@code tolerance}. */
  void solve(double tolerance) {
    for (int sweep = 1; sweep <= MOST_SWEEPS; sweep++) {
      if (sweep() <= tolerance) {
        return;
      }
      if (sweep % SWEEPS == 0) {
        solveOnSupport();
      }
    }
  }

  /** One pass over the coordinates; the largest violation met. */
  private double sweep() {
    double largest = 0;
    for (int j = 0; j < v.length; j++) {
      double a = q[j][j] + 2 * l2[j];
      if (!(q[j][j] > 0)) {
        continue; // a column of zeros
      }
      double at = q[j][j] * v[j] - gradient[j];
      double size = Math.abs(at) - l1[j];
      double next = size > 0 ? Math.copySign(size, at) / a : 0.0;
      double step = next - v[j];
      if (step != 0) {
        largest = Math.max(largest, Math.abs(step) * a);
        v[j] = next;
        add(step, q[j], gradient);
      }
    }
    return largest;
  }

  static void add(double factor, double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }

  /**
   * Goes to the minimum for the signs as they are, or on the way there to the first weight that
   * becomes zero.
   */
  private void solveOnSupport() {
    int[] support = new int[v.length];
    int size = 0;
    for (int j = 0; j < v.length; j++) {
      if (q[j][j] > 0 && (v[j] != 0 || l1[j] == 0)) {
        support[size++] = j;
      }
    }
    double[] step = new double[size];
    double[][] lower = new double[size][];
    for (int a = 0; a < size; a++) {
      int j = support[a];
      step[a] = -(gradient[j] + 2 * l2[j] * v[j] + l1[j] * Math.signum(v[j]));
      lower[a] = new double[a + 1];
      for (int b = 0; b <= a; b++) {
        lower[a][b] = q[j][support[b]];
      }
      lower[a][a] += 2 * l2[j];
    }
    if (!factor(lower)) {
      return;
    }
    substitute(lower, step);
    double share = 1;
    int leaving = -1;
    for (int a = 0; a < size; a++) {
      int j = support[a];
      if (l1[j] > 0 && (v[j] + step[a]) * v[j] <= 0 && -v[j] / step[a] < share) {
        share = -v[j] / step[a];
        leaving = j;
      }
    }
    for (int a = 0; a < size; a++) {
      int j = support[a];
      double next = j == leaving ? 0.0 : v[j] + share * step[a];
      add(next - v[j], q[j], gradient);
      v[j] = next;
    }
  }

  /** Cholesky's factor in place; false if the matrix is not clearly positive definite. */
  private static boolean factor(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      double diagonal = a[i][i];
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        if (j < i) {
          a[i][j] = sum / a[j][j];
        } else if (sum > LEAST_PIVOT * diagonal) {
          a[i][i] = Math.sqrt(sum);
        } else {
          return false;
        }
      }
    }
    return true;
  }

  private static void substitute(double[][] lower, double[] b) {
    for (int i = 0; i < b.length; i++) {
      for (int k = 0; k < i; k++) {
        b[i] -= lower[i][k] * b[k];
      }
      b[i] /= lower[i][i];
    }
    for (int i = b.length - 1; i >= 0; i--) {
      b[i] /= lower[i][i];
      for (int k = 0; k < i; k++) {
        b[k] -= lower[i][k] * b[i];
      }
    }
  }
}
