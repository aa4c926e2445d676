package io.lariat.reference;

import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.UpdateRule;

/**
 * One optimizer step over a block of weights; {@link UpdateRule} has the formulas, whose letters
 * are used here. The arithmetic of one step is in double; weights and state are rounded once, when
 * they are stored.
 */
final class ScalarUpdate {
  private final Penalty penalty;
  private final PenaltyMethod method;
  private final View w;
  private final View grad;
  private final View state;
  private final double a;
  private final double b;

  /** {@code rates} is {@code [1 x 2]}; {@code state} is not touched where the rule has none. */
  ScalarUpdate(Penalty penalty, PenaltyMethod method, View w, View grad, View state, View rates) {
    this.penalty = penalty;
    this.method = method;
    this.w = w;
    this.grad = grad;
    this.state = state;
    this.a = rates.at(0);
    this.b = rates.at(1);
  }

  void run(UpdateRule rule) {
    for (int i = 0; i < w.cols(); i++) {
      switch (rule) {
        case UpdateRule.Sgd sgd -> sgd(sgd, i);
        case UpdateRule.RmsProp rmsProp -> rmsProp(rmsProp, i);
        case UpdateRule.Adam adam -> adam(adam, i);
      }
    }
  }

  private void sgd(UpdateRule.Sgd rule, int i) {
    double step = -a * gradient(i);
    if (rule.stateRows() > 0) {
      double m = rule.momentum() * state.at(0, i) + step;
      state.set(0, i, m);
      step = rule.nesterov() ? rule.momentum() * m + step : m;
    }
    move(i, step, b);
  }

  private void rmsProp(UpdateRule.RmsProp rule, int i) {
    double g = gradient(i);
    double v = rule.rho() * state.at(0, i) + (1 - rule.rho()) * g * g;
    state.set(0, i, v);
    double d = Math.sqrt(v + rule.epsilon());
    move(i, -a * g / d, b / Math.max(d, rule.thresholdFloor(penalty.l1())));
  }

  private void adam(UpdateRule.Adam rule, int i) {
    double g = gradient(i);
    double m = state.at(0, i);
    double v = state.at(1, i);
    m += (g - m) * (1 - rule.beta1());
    v += (g * g - v) * (1 - rule.beta2());
    state.set(0, i, m);
    state.set(1, i, v);
    double d = Math.sqrt(v) + rule.epsilon();
    move(i, -a * m / d, b / Math.max(d, rule.thresholdFloor(penalty.l1())));
  }

  /** The gradient that the rule sees: with the penalty's subgradient, or of the data loss alone. */
  private double gradient(int i) {
    if (method == PenaltyMethod.PROXIMAL) {
      return grad.at(i);
    }
    return grad.at(i) + penalty.l1() * Math.signum(w.at(i)) + 2 * penalty.l2() * w.at(i);
  }

  /** Takes the rule's step and, for the proximal method, thresholds with the rule's scale c. */
  private void move(int i, double step, double c) {
    double u = w.at(i) + step;
    if (method == PenaltyMethod.PROXIMAL) {
      u = softThreshold(u, c * penalty.l1()) / (1 + 2 * c * penalty.l2());
    }
    w.set(i, u);
  }

  /** {@code sign(u) * max(|u| - k, 0)}; what is thresholded away is +0, and NaN stays NaN. */
  static double softThreshold(double u, double k) {
    double size = Math.max(Math.abs(u) - k, 0);
    return size == 0 ? 0 : Math.copySign(size, u);
  }
}
