package io.lariat.numeric;

/** Cholesky's factor of a symmetric positive semidefinite matrix, {@code L L' = A}. */
public final class Cholesky {
  /** A pivot below this share of its diagonal is that of a column that depends on those before. */
  private static final double LEAST_PIVOT = 1e-10;

  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /** Factors {@code a}, whose lower triangle alone is read; dependent columns of L are zero. */
  public static Cholesky of(double[][] a) {
    int n = a.length;
    double[][] lower = new double[n][];
    for (int i = 0; i < n; i++) {
      lower[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (j < i) {
          lower[i][j] = lower[j][j] == 0 ? 0 : sum / lower[j][j];
        } else {
          lower[i][i] = sum > LEAST_PIVOT * a[i][i] ? Math.sqrt(sum) : 0;
        }
      }
    }
    return new Cholesky(lower);
  }

  /** How many columns do not depend on those before. */
  public int rank() {
    int rank = 0;
    for (int i = 0; i < lower.length; i++) {
      rank += lower[i][i] > 0 ? 1 : 0;
    }
    return rank;
  }

  /** Element i of {@code L z}. */
  public double multiply(int i, double[] z) {
    double sum = 0;
    for (int k = 0; k <= i; k++) {
      sum = Math.fma(lower[i][k], z[k], sum);
    }
    return sum;
  }

  /** Whether column {@code i} does not depend on those before. */
  public boolean isPivot(int i) {
    return lower[i][i] > 0;
  }

  /** Replaces the rows of {@code z} by those of {@code A^-1 z}; A must be definite. */
  public void solve(double[][] z) {
    for (int i = 0; i < z.length; i++) {
      for (int k = 0; k < i; k++) {
        Vectors.addScaled(-lower[i][k], z[k], z[i]);
      }
      Vectors.scale(1 / lower[i][i], z[i]);
    }
    for (int i = z.length - 1; i >= 0; i--) {
      for (int k = i + 1; k < z.length; k++) {
        Vectors.addScaled(-lower[k][i], z[k], z[i]);
      }
      Vectors.scale(1 / lower[i][i], z[i]);
    }
  }
}
