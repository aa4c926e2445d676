package io.lariat.reference;

import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.UpdateRule;
import io.lariat.numeric.Vectors;

/**
 * One optimizer step over weights; {@link UpdateRule} has the formulas, whose letters are used
 * here. The arithmetic of one step is in double; weights and state are rounded once, when they are
 * stored.
 */
final class ScalarUpdate {
  private final double l1;
  private final double l2;
  private final PenaltyMethod method;
  private final View w;
  private final View grad;
  private final View state;
  private final double a;
  private final double b;

  /** {@code state} is not touched where the rule has none. */
  ScalarUpdate(
      double l1, double l2, PenaltyMethod method, View w, View grad, View state, View rates) {
    this.l1 = l1;
    this.l2 = l2;
    this.method = method;
    this.w = w;
    this.grad = grad;
    this.state = state;
    this.a = rates.at(0);
    this.b = rates.at(1);
  }

  /** Steps the elements {@code from} (included) to {@code to} (excluded), in row-major order. */
  void run(UpdateRule rule, int from, int to) {
    for (int i = from; i < to; i++) {
      switch (rule) {
        case UpdateRule.Sgd sgd -> move(i, sgdStep(sgd, a * gradient(i), state, i), b);
        case UpdateRule.RmsProp rmsProp -> rmsProp(rmsProp, i);
        case UpdateRule.Adam adam -> adam(adam, i);
      }
    }
  }

  /** What is added to weight {@code i}, given {@code a * g}; renews its m. */
  static double sgdStep(UpdateRule.Sgd rule, double ag, View state, int i) {
    if (rule.stateRows() == 0) {
      return -ag;
    }
    double m = rule.momentum() * state.at(0, i) - ag;
    state.set(0, i, m);
    return rule.nesterov() ? rule.momentum() * m - ag : m;
  }

  /** Renews v of weight {@code i} and gives it. */
  static double rmsPropSquare(UpdateRule.RmsProp rule, double g, View state, int i) {
    double v = rule.rho() * state.at(0, i) + (1 - rule.rho()) * g * g;
    state.set(0, i, v);
    return v;
  }

  /** Renews m of weight {@code i} and gives it. */
  static double adamMean(UpdateRule.Adam rule, double g, View state, int i) {
    double m = state.at(0, i);
    m += (g - m) * (1 - rule.beta1());
    state.set(0, i, m);
    return m;
  }

  /** Renews v of weight {@code i} and gives it. */
  static double adamSquare(UpdateRule.Adam rule, double g, View state, int i) {
    double v = state.at(1, i);
    v += (g * g - v) * (1 - rule.beta2());
    state.set(1, i, v);
    return v;
  }

  private void rmsProp(UpdateRule.RmsProp rule, int i) {
    double g = gradient(i);
    double d = Math.sqrt(rmsPropSquare(rule, g, state, i) + rule.epsilon());
    move(i, -a * g / d, b / Math.max(d, rule.thresholdFloor(l1)));
  }

  private void adam(UpdateRule.Adam rule, int i) {
    double g = gradient(i);
    double m = adamMean(rule, g, state, i);
    double d = Math.sqrt(adamSquare(rule, g, state, i)) + rule.epsilon();
    move(i, -a * m / d, b / Math.max(d, rule.thresholdFloor(l1)));
  }

  /** The gradient that the rule sees: with the penalty's subgradient, or of the data loss alone. */
  private double gradient(int i) {
    if (method == PenaltyMethod.PROXIMAL) {
      return grad.at(i);
    }
    return grad.at(i) + l1 * Math.signum(w.at(i)) + 2 * l2 * w.at(i);
  }

  /** Takes the rule's step and, for the proximal method, thresholds with the rule's scale c. */
  private void move(int i, double step, double c) {
    double u = w.at(i) + step;
    if (method == PenaltyMethod.PROXIMAL) {
      u = Vectors.softThreshold(u, c * l1) / (1 + 2 * c * l2);
    }
    w.set(i, u);
  }
}
