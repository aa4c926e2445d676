package io.lariat.reference;

import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.UpdateRule;
import io.lariat.numeric.Vectors;

/**
 * One optimizer step over the weights of a group; {@link UpdateRule} has the formulas, whose
 * letters are used here.
 */
final class ScalarGroupUpdate {
  private final UpdateRule rule;
  private final PenaltyMethod method;
  private final View w;
  private final View grad;
  private final View state;
  private final View rates;

  /** {@code state} is not touched where the rule has none. */
  ScalarGroupUpdate(
      UpdateRule rule, PenaltyMethod method, View w, View grad, View state, View rates) {
    this.rule = rule;
    this.method = method;
    this.w = w;
    this.grad = grad;
    this.state = state;
    this.rates = rates;
  }

  void run(ScalarGroup group) {
    if (group.isFree()) {
      plain(0, 0, group);
    } else if (method == PenaltyMethod.SUBGRADIENT) {
      double norm = group.normOf(w);
      // norm * w / ||w|| is a ridge's gradient, 2 * l2 * w
      double ridge = norm == 0 ? 0 : group.norm() / norm / 2;
      plain(group.l1(), group.l2() + ridge, group);
    } else {
      proximal(group);
    }
  }

  /** The step of weights that are in no group. */
  private void plain(double l1, double l2, ScalarGroup group) {
    new ScalarUpdate(l1, l2, method, w, grad, state, rates).run(rule, group.from(), group.to());
  }

  private void proximal(ScalarGroup group) {
    double[] u = new double[group.size()];
    double c = step(group, u);
    double squares = 0;
    for (int i = 0; i < u.length; i++) {
      u[i] = Vectors.softThreshold(u[i], c * group.l1());
      squares += u[i] * u[i];
    }
    double k = c * group.norm();
    double left = k == 0 ? 1 : Math.max(0, 1 - k / Math.sqrt(squares));
    for (int i = 0; i < u.length; i++) {
      double shrunk = u[i] * left / (1 + 2 * c * group.l2());
      w.set(group.from() + i, Math.abs(shrunk) < Float.MIN_NORMAL ? 0 : shrunk);
    }
  }

  /** Fills in {@code u} and gives {@code c}. */
  private double step(ScalarGroup group, double[] u) {
    double a = rates.at(0);
    double b = rates.at(1);
    double floored = group.l1() + group.norm() / Math.sqrt(group.size());
    double d = 1;
    double squares = 0;
    switch (rule) {
      case UpdateRule.Sgd r -> {
        for (int i = group.from(); i < group.to(); i++) {
          u[i - group.from()] = w.at(i) + ScalarUpdate.sgdStep(r, a * grad.at(i), state, i);
        }
      }
      case UpdateRule.RmsProp r -> {
        for (int i = group.from(); i < group.to(); i++) {
          squares += ScalarUpdate.rmsPropSquare(r, grad.at(i), state, i);
        }
        double root = Math.sqrt(squares / group.size() + r.epsilon());
        d = Math.max(root, r.thresholdFloor(floored));
        for (int i = group.from(); i < group.to(); i++) {
          u[i - group.from()] = w.at(i) - a * grad.at(i) / d;
        }
      }
      case UpdateRule.Adam r -> {
        for (int i = group.from(); i < group.to(); i++) {
          u[i - group.from()] = ScalarUpdate.adamMean(r, grad.at(i), state, i);
          squares += ScalarUpdate.adamSquare(r, grad.at(i), state, i);
        }
        d = Math.max(Math.sqrt(squares / group.size()) + r.epsilon(), r.thresholdFloor(floored));
        for (int i = group.from(); i < group.to(); i++) {
          u[i - group.from()] = w.at(i) - a * u[i - group.from()] / d;
        }
      }
    }
    return b / d;
  }
}
