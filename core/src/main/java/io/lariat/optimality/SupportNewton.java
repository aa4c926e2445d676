package io.lariat.optimality;

import io.lariat.numeric.ProximalGradient;
import io.lariat.numeric.Vectors;
import java.util.function.BooleanSupplier;

/**
 * Truncated Newton steps on the support: data loss and penalty are smooth along the weights that
 * are not zero, as long as none changes its sign. The Newton equation is solved by conjugate
 * gradients as far as it pays; products with the Hessian are central differences of gradients, and
 * a direction of negative curvature ends the solve. A weight that a step would carry through zero
 * stops there.
 *
 * <p>Sources: Bareilles, Iutzeler and Malick 2023, Newton acceleration on manifolds identified by
 * proximal gradient methods; Nocedal and Wright 2006, Numerical Optimization, algorithm 7.1.
 */
final class SupportNewton {
  private static final int MOST_STEPS = 20;
  private static final int MOST_PRODUCTS = 300;
  private static final int MOST_HALVINGS = 30;
  private static final double SUFFICIENT = 1e-4;

  /** The step of a central difference relative to the parameters, near the cube root of eps. */
  private static final double DIFFERENCE = 6e-6;

  private final Objective full;
  private final NetworkPenalty penalty;
  private final BooleanSupplier endsAfterPass;

  /**
   * Newton steps for an objective.
   *
   * @param endsAfterPass is asked after each pass over the rows; true: leave it there
   */
  SupportNewton(Objective full, NetworkPenalty penalty, BooleanSupplier endsAfterPass) {
    this.full = full;
    this.penalty = penalty;
    this.endsAfterPass = endsAfterPass;
  }

  /**
   * Changes {@code w} by steps that lower the objective (or, where the objective is flat to within
   * rounding, the gradient), until the gradient on the support is at most {@code tolerance}, a
   * weight has become zero, or no step helps.
   */
  void minimise(double[] w, double tolerance) {
    ActiveNetwork active = ActiveNetwork.of(full, w);
    int n = active.free.length;
    double[] g = new double[w.length];
    double[] trial = new double[w.length];
    double[] trialGradient = new double[w.length];
    double objective = active.dataLossAndGradient(w, g) + penalty.value(w);
    addPenaltyGradient(w, w, g);
    for (int step = 0; step < MOST_STEPS && norm(active, g) > tolerance; step++) {
      double[] direction = direction(active, w, g);
      double size = 1;
      boolean accepted = false;
      for (int halving = 0; halving < MOST_HALVINGS && !accepted; halving++, size /= 2) {
        System.arraycopy(w, 0, trial, 0, w.length);
        for (int p = 0; p < n; p++) {
          trial[active.free[p]] += size * direction[p];
        }
        stayOnPiece(w, trial);
        double slope = 0;
        for (int e : active.free) {
          slope += g[e] * (trial[e] - w[e]);
        }
        double reached = active.dataLossAndGradient(trial, trialGradient) + penalty.value(trial);
        addPenaltyGradient(trial, trial, trialGradient);
        if (endsAfterPass.getAsBoolean()) {
          return;
        }
        boolean lower = slope < 0 && reached <= objective + SUFFICIENT * slope;
        boolean level = ProximalGradient.isLevel(reached, objective);
        accepted = lower || (level && norm(active, trialGradient) < 0.9 * norm(active, g));
        if (accepted) {
          objective = reached;
        }
      }
      if (!accepted) {
        return;
      }
      boolean lost = false;
      for (int e : active.free) {
        lost |= w[e] != 0 && trial[e] == 0;
        w[e] = trial[e];
        g[e] = trialGradient[e];
      }
      if (lost) {
        return;
      }
    }
  }

  private void addPenaltyGradient(double[] w, double[] base, double[] g) {
    for (PenaltyBlock block : penalty.blocks()) {
      block.addSmoothGradient(w, base, g);
    }
  }

  private void stayOnPiece(double[] base, double[] w) {
    for (PenaltyBlock block : penalty.blocks()) {
      block.stayOnPiece(base, w);
    }
  }

  /** The largest element on the support. */
  private static double norm(ActiveNetwork active, double[] g) {
    double largest = 0;
    for (int e : active.free) {
      largest = Math.max(largest, Math.abs(g[e]));
    }
    return largest;
  }

  /** Solves {@code H d = -g} on the support, as far as it pays. */
  private double[] direction(ActiveNetwork active, double[] w, double[] g) {
    int n = active.free.length;
    double[] d = new double[n];
    double[] r = new double[n];
    for (int p = 0; p < n; p++) {
      r[p] = -g[active.free[p]];
    }
    double[] direction = r.clone();
    double rr = Vectors.dotInOrder(r, r);
    double enough = Math.min(0.1, Math.sqrt(Math.sqrt(rr))) * Math.sqrt(rr);
    double[] product = new double[n];
    for (int k = 0; k < Math.min(MOST_PRODUCTS, 2 * n) && Math.sqrt(rr) > enough; k++) {
      hessianTimes(active, w, direction, product);
      if (endsAfterPass.getAsBoolean()) {
        return d;
      }
      double curvature = Vectors.dotInOrder(direction, product);
      if (!(curvature > 1e-14 * Vectors.dotInOrder(direction, direction))) {
        return k == 0 ? direction : d;
      }
      double alpha = rr / curvature;
      Vectors.addRounded(alpha, direction, d);
      Vectors.addRounded(-alpha, product, r);
      double before = rr;
      rr = Vectors.dotInOrder(r, r);
      double beta = rr / before;
      for (int p = 0; p < n; p++) {
        direction[p] = r[p] + beta * direction[p];
      }
    }
    return d;
  }

  private void hessianTimes(ActiveNetwork active, double[] w, double[] v, double[] product) {
    double largest = 0;
    double scale = 1;
    for (int p = 0; p < v.length; p++) {
      largest = Math.max(largest, Math.abs(v[p]));
      scale = Math.max(scale, Math.abs(w[active.free[p]]));
    }
    double h = DIFFERENCE * scale / largest;
    double[] moved = w.clone();
    double[] above = new double[w.length];
    double[] below = new double[w.length];
    for (int p = 0; p < v.length; p++) {
      moved[active.free[p]] = w[active.free[p]] + h * v[p];
    }
    active.dataLossAndGradient(moved, above);
    addPenaltyGradient(moved, w, above);
    for (int p = 0; p < v.length; p++) {
      moved[active.free[p]] = w[active.free[p]] - h * v[p];
    }
    active.dataLossAndGradient(moved, below);
    addPenaltyGradient(moved, w, below);
    for (int p = 0; p < v.length; p++) {
      product[p] = (above[active.free[p]] - below[active.free[p]]) / (2 * h);
    }
  }
}
