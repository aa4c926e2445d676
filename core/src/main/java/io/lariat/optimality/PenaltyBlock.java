package io.lariat.optimality;

import io.lariat.numeric.Vectors;

/**
 * Neighbouring parameters under one penalty: {@code l1 * sum |w| + l2 * sum w^2 + group * ||w||}.
 * All four operations are on the elements {@code from} (included) to {@code to} (excluded).
 *
 * @param group the group Lasso's lambda times the root of the group's rows; 0: no group
 */
record PenaltyBlock(int from, int to, double l1, double l2, double group) {

  /** Whether the penalty makes exact zeros. */
  boolean isSparse() {
    return l1 > 0 || group > 0;
  }

  /** The penalty. */
  double value(double[] w) {
    double absolutes = 0;
    double squares = 0;
    for (int e = from; e < to; e++) {
      absolutes += Math.abs(w[e]);
      squares += w[e] * w[e];
    }
    return l1 * absolutes + l2 * squares + group * Math.sqrt(squares);
  }

  /**
   * The proximal step in place: {@code argmin_v 1/2 ||v - u||^2 + step * penalty(v)}: soft
   * thresholds, then the group's, then the ridge (Simon et al. 2013, A sparse-group Lasso, equation
   * 10). What predictions in float could not tell from 0 is 0.
   */
  void proximal(double[] u, double step) {
    double shrunk = 0;
    for (int e = from; e < to; e++) {
      u[e] = Vectors.softThreshold(u[e], step * l1);
      shrunk += u[e] * u[e];
    }
    double norm = Math.sqrt(shrunk);
    double left = group == 0 ? 1 : norm > step * group ? 1 - step * group / norm : 0;
    double scale = left / (1 + 2 * step * l2);
    for (int e = from; e < to; e++) {
      u[e] = Vectors.flush(u[e] * scale);
    }
  }

  /**
   * Adds the gradient that the penalty has along the weights that are not zero in {@code base},
   * whose signs count: {@code l1 sign(base) + 2 l2 w + group w / ||w||}.
   */
  void addSmoothGradient(double[] w, double[] base, double[] gradient) {
    double norm = group == 0 ? 1 : norm(w);
    for (int e = from; e < to; e++) {
      if (base[e] != 0) {
        gradient[e] +=
            l1 * Math.signum(base[e]) + 2 * l2 * w[e] + (norm > 0 ? group * w[e] / norm : 0);
      }
    }
  }

  /** {@code ||w||}. */
  double norm(double[] w) {
    double squares = 0;
    for (int e = from; e < to; e++) {
      squares += w[e] * w[e];
    }
    return Math.sqrt(squares);
  }

  /**
   * Ends a step from {@code base} to {@code w} where it leaves the smooth piece: a weight whose
   * sign changed becomes 0 under l1, a group that turned round becomes 0 as a whole.
   */
  void stayOnPiece(double[] base, double[] w) {
    double along = 0;
    for (int e = from; e < to; e++) {
      if (l1 > 0 && base[e] * w[e] < 0) {
        w[e] = 0;
      }
      w[e] = Vectors.flush(w[e]);
      along += base[e] * w[e];
    }
    if (group > 0 && along <= 0) {
      for (int e = from; e < to; e++) {
        w[e] = 0;
      }
    }
  }

  /**
   * How far element {@code e} is from its optimality condition, given the gradient {@code g} of the
   * data loss and the block's norm; for elements of a group that is not all zero, and without one.
   */
  double residual(double[] w, double[] g, int e, double norm) {
    if (w[e] == 0) {
      return Math.max(0, Math.abs(g[e]) - l1);
    }
    double turn = group == 0 ? 0 : group * w[e] / norm;
    return Math.abs(g[e] + 2 * l2 * w[e] + l1 * Math.signum(w[e]) + turn);
  }

  /** How far a group of zeros is from its condition: {@code max(0, ||ST(g, l1)|| - group)}. */
  double zeroGroupResidual(double[] g) {
    double squares = 0;
    for (int e = from; e < to; e++) {
      double size = Vectors.softThreshold(g[e], l1);
      squares += size * size;
    }
    return Math.max(0, Math.sqrt(squares) - group);
  }
}
