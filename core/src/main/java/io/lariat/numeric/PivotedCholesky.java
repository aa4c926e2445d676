package io.lariat.numeric;

import java.util.Arrays;

/**
 * Cholesky's factor of some rows and columns of a positive semidefinite matrix, the members, in an
 * order that takes those first that depend least on the ones before (Higham 2002, section 10.3).
 * What remains when all others depend on the members before is where nothing curves.
 */
public final class PivotedCholesky {
  /**
   * A pivot below this share of its diagonal means dependence. Products are rounded to about 1e-16
   * of the diagonal, so a larger pivot is right to some digits; its root is the share of itself by
   * which such a column differs from the others.
   */
  private static final double LEAST_PIVOT = 1e-13;

  private final double[][] matrix;
  private final double[] diagonal;

  /** In the order of the factor. */
  private int[] members;

  /** {@code [members][rank]}: the factor, then what forward substitution makes of the others. */
  private double[][] lower;

  private double[] remaining;
  private int rank;

  /**
   * Factors what it can.
   *
   * @param matrix of which the diagonal is not read
   * @param diagonal its diagonal; positive for members
   */
  public PivotedCholesky(double[][] matrix, double[] diagonal, int[] members) {
    this.matrix = matrix;
    this.diagonal = diagonal;
    this.members = members.clone();
    lower = new double[members.length][members.length];
    remaining = new double[members.length];
    factor();
  }

  /** How many members are factored: those before depend on none before them. */
  public int rank() {
    return rank;
  }

  /** How many members there are. */
  public int size() {
    return members.length;
  }

  /** The row and column of the matrix that member {@code a} is. */
  public int member(int a) {
    return members[a];
  }

  /** Takes member {@code a} out. */
  public void remove(int a) {
    members = without(members, a);
    double[][] rows = new double[members.length][];
    for (int b = 0; b < rows.length; b++) {
      rows[b] = lower[b < a ? b : b + 1];
    }
    lower = rows;
    remaining = new double[members.length];
    rank = Math.min(rank, a); // what is before stays as it is
    factor();
  }

  private static int[] without(int[] all, int a) {
    int[] others = Arrays.copyOf(all, all.length - 1);
    System.arraycopy(all, a + 1, others, a, others.length - a);
    return others;
  }

  /**
   * The direction {@code [rank + 1]} of the factored members and of the first that is not, along
   * which the matrix does not curve.
   */
  public double[] nullDirection() {
    double[] direction = Arrays.copyOf(lower[rank], rank);
    backward(direction);
    for (int a = 0; a < rank; a++) {
      direction[a] = -direction[a];
    }
    direction = Arrays.copyOf(direction, rank + 1);
    direction[rank] = 1;
    return direction;
  }

  /** Solves the system of the factored members for {@code b [rank]}, in place. */
  public void solve(double[] b) {
    for (int i = 0; i < rank; i++) {
      for (int k = 0; k < i; k++) {
        b[i] -= lower[i][k] * b[k];
      }
      b[i] /= lower[i][i];
    }
    backward(b);
  }

  private void backward(double[] b) {
    for (int i = rank - 1; i >= 0; i--) {
      b[i] /= lower[i][i];
      for (int k = 0; k < i; k++) {
        b[k] -= lower[i][k] * b[i];
      }
    }
  }

  private void factor() {
    for (int b = rank; b < members.length; b++) {
      double square = 0;
      for (int k = 0; k < rank; k++) {
        square += lower[b][k] * lower[b][k];
      }
      remaining[b] = diagonal[members[b]] - square;
    }
    for (; rank < members.length; rank++) {
      int most = rank;
      for (int b = rank + 1; b < members.length; b++) {
        most = share(b) > share(most) ? b : most;
      }
      if (!(share(most) > LEAST_PIVOT)) {
        return;
      }
      swap(rank, most);
      double pivot = Math.sqrt(remaining[rank]);
      double[] row = lower[rank];
      row[rank] = pivot;
      for (int b = rank + 1; b < members.length; b++) {
        double sum = matrix[members[rank]][members[b]];
        for (int k = 0; k < rank; k++) {
          sum -= row[k] * lower[b][k];
        }
        lower[b][rank] = sum / pivot;
        remaining[b] -= lower[b][rank] * lower[b][rank];
      }
    }
  }

  private double share(int a) {
    return remaining[a] / diagonal[members[a]];
  }

  private void swap(int a, int b) {
    int member = members[a];
    members[a] = members[b];
    members[b] = member;
    double[] row = lower[a];
    lower[a] = lower[b];
    lower[b] = row;
    double rest = remaining[a];
    remaining[a] = remaining[b];
    remaining[b] = rest;
  }
}
