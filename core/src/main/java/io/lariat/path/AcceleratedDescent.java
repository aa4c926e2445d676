package io.lariat.path;

import io.lariat.numeric.ProximalGradient;
import io.lariat.optimality.NetworkPenalty;
import io.lariat.optimality.Objective;

/**
 * Accelerated proximal gradient steps over all rows in double: FISTA (Beck and Teboulle 2009) with
 * backtracking, and with a restart where the objective rises (O'Donoghue and Candes 2015). The
 * objective at the end is never above that at the start.
 */
final class AcceleratedDescent {
  private static final double GROWTH = 1.2;

  private final Objective objective;
  private final NetworkPenalty penalty;
  private final double[] gradient;
  private final double[] next;
  private final ProximalGradient steps;

  /** {@code step} is the first to be tried. */
  AcceleratedDescent(Objective objective, double step) {
    this.objective = objective;
    this.penalty = NetworkPenalty.of(objective.network());
    steps = new ProximalGradient(objective::dataLoss, penalty::proximal, () -> false, step);
    gradient = new double[objective.layout().size()];
    next = new double[gradient.length];
  }

  /** The step's size now. */
  double step() {
    return steps.step();
  }

  /**
   * Changes {@code w} by up to {@code most} steps, each a gradient; fewer when nothing moves any
   * more by more than {@code tolerance} times the step.
   */
  void run(double[] w, int most, double tolerance) {
    double[] from = w.clone();
    double theta = 1;
    double last = objective.dataLoss(w) + penalty.value(w);
    for (int k = 0; k < most; k++) {
      double loss = objective.dataLossAndGradient(from, gradient);
      double value = steps.take(from, loss, gradient, next) + penalty.value(next);
      double moved = 0;
      for (int e = 0; e < w.length; e++) {
        moved = Math.max(moved, Math.abs(next[e] - from[e]));
      }
      if (!(value <= last)) {
        if (theta == 1) {
          return; // a plain step that gains nothing: rounding is all that is left
        }
        theta = 1;
        System.arraycopy(w, 0, from, 0, w.length);
        continue;
      }
      double after = (1 + Math.sqrt(1 + 4 * theta * theta)) / 2;
      double momentum = (theta - 1) / after;
      for (int e = 0; e < w.length; e++) {
        from[e] = next[e] + momentum * (next[e] - w[e]);
        w[e] = next[e];
      }
      theta = after;
      last = value;
      if (moved <= tolerance * steps.step()) {
        return;
      }
      steps.grow(GROWTH, Double.POSITIVE_INFINITY);
    }
  }
}
