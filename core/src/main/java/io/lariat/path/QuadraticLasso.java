package io.lariat.path;

import io.lariat.numeric.PivotedCholesky;
import io.lariat.numeric.Vectors;
import java.util.stream.IntStream;

/**
 * Minimises {@code g'(v - w) + (v - w)'Q(v - w) / 2 + sum_j (l1_j |v_j| + l2_j v_j^2)}, the inner
 * problem of a proximal Newton step: cyclic coordinate descent (Friedman, Hastie and Tibshirani
 * 2010, section 2.2, "covariance updates"), and between sweeps a direct solution on the weights
 * that are not zero, which ends what coordinates alone approach slowly where columns are
 * correlated.
 *
 * <p>Columns that depend on others, such as a copy or a measure in another unit, leave a direction
 * in which nothing curves. Along it the objective falls or stays until one of the weights is zero,
 * so that weight is taken out; coordinates alone would creep along it.
 */
final class QuadraticLasso {
  private static final int MOST_SWEEPS = 2000;

  /** Sweeps between direct solutions. */
  private static final int SWEEPS = 4;

  /** A slope below this share of its terms is one that rounding leaves of none. */
  private static final double LEVEL = 1e-13;

  /** A weight that becomes zero only where others grow beyond this many times all is none. */
  private static final double FAR = 1e3;

  private final double[][] q;
  private final double[] gradient;
  private final double[] v;
  private final double[] l1;
  private final double[] l2;

  /** Of {@code Q} with l2. */
  private final double[] diagonal;

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
    diagonal = IntStream.range(0, v.length).mapToDouble(j -> q[j][j] + 2 * l2[j]).toArray();
  }

  /** Runs until no coordinate violates its optimality condition by more than {@code tolerance}. */
  void solve(double tolerance) {
    for (int sweep = 1; sweep <= MOST_SWEEPS; sweep++) {
      if (sweep(tolerance) <= tolerance) {
        return;
      }
      if (sweep % SWEEPS == 0) {
        solveOnSupport();
      }
    }
  }

  /**
   * One pass over the coordinates; the largest violation met. A zero stays one where it violates
   * its condition by no more than {@code tolerance}: rounding alone shall not bring a copy back.
   */
  private double sweep(double tolerance) {
    double largest = 0;
    for (int j = 0; j < v.length; j++) {
      if (!(q[j][j] > 0)) {
        continue; // a column of zeros
      }
      double at = q[j][j] * v[j] - gradient[j];
      double size = Math.abs(at) - l1[j];
      if (v[j] == 0 && size <= tolerance) {
        continue;
      }
      double next = size > 0 ? Math.copySign(size, at) / diagonal[j] : 0.0;
      double step = next - v[j];
      if (step != 0) {
        largest = Math.max(largest, Math.abs(step) * diagonal[j]);
        v[j] = next;
        Vectors.addRounded(step, q[j], gradient);
      }
    }
    return largest;
  }

  /**
   * Goes to the minimum for the signs as they are, or on the way there to the first weight that
   * becomes zero; takes out weights of columns that depend on others first.
   */
  private void solveOnSupport() {
    PivotedCholesky support = new PivotedCholesky(q, diagonal, support());
    while (support.rank() < support.size()) {
      double[] direction = support.nullDirection();
      int left = move(support, direction, fallingOrShrinking(support, direction));
      support.remove(left < 0 ? support.rank() : left);
    }
    double[] step = new double[support.rank()];
    for (int a = 0; a < step.length; a++) {
      step[a] = -slope(support.member(a));
    }
    support.solve(step);
    move(support, step, 1);
  }

  /** The coordinates that are not zero or not penalised. */
  private int[] support() {
    return IntStream.range(0, v.length)
        .filter(j -> q[j][j] > 0 && (v[j] != 0 || l1[j] == 0))
        .toArray();
  }

  private double slope(int j) {
    return gradient[j] + 2 * l2[j] * v[j] + l1[j] * Math.signum(v[j]);
  }

  /** Infinitely far along {@code direction} or against it: where the objective falls. */
  private double fallingOrShrinking(PivotedCholesky support, double[] direction) {
    double slope = 0;
    double terms = 0;
    for (int a = 0; a < direction.length; a++) {
      int j = support.member(a);
      slope += direction[a] * slope(j);
      terms += Math.abs(direction[a]) * (Math.abs(gradient[j]) + l1[j]);
    }
    boolean level = Math.abs(slope) <= LEVEL * terms;
    double last = v[support.member(direction.length - 1)];
    return (level ? last : slope) > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /**
   * Adds {@code share * direction} to the first of the support, but no more than takes the first
   * penalised weight to zero; its place in the support, or -1. Without one, or with one beyond all
   * weights that rounding alone makes, an infinite share adds nothing.
   */
  private int move(PivotedCholesky support, double[] direction, double share) {
    boolean endless = Double.isInfinite(share);
    int leaving = -1;
    for (int a = 0; a < direction.length; a++) {
      int j = support.member(a);
      double to = -v[j] / direction[a]; // the share that ends at zero
      if (l1[j] > 0 && to * share > 0 && Math.abs(to) < Math.abs(share)) {
        share = to;
        leaving = a;
      }
    }
    if (endless
        && (leaving < 0
            || Math.abs(share) * Vectors.largest(direction) > FAR * Vectors.largest(v))) {
      return -1;
    }
    for (int a = 0; a < direction.length; a++) {
      int j = support.member(a);
      double next = a == leaving ? 0.0 : v[j] + share * direction[a];
      Vectors.addRounded(next - v[j], q[j], gradient);
      v[j] = next;
    }
    return leaving;
  }
}
