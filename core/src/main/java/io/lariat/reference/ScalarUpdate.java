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
  private final UpdateRule rule;
  private final PenaltyMethod method;
  private final View w;
  private final View grad;
  private final View state;
  private final double[] own;
  private final double a;
  private final double b;
  private final double decay;

  /** {@code state} is not touched where the rule has none. */
  ScalarUpdate(UpdateRule rule, PenaltyMethod method, View w, View grad, View state, View rates) {
    this.rule = rule;
    this.method = method;
    this.w = w;
    this.grad = grad;
    this.state = state;
    own = new double[rule.stateRows()];
    a = rates.at(0);
    b = rates.at(1);
    decay = rates.at(6);
  }

  /** Steps the weights of a group whose norm has no penalty. */
  void run(ScalarGroup group) {
    step(group, group.l1(), group.l2());
  }

  /** Steps the weights of a group, whose norm is penalised too. */
  void runTogether(ScalarGroup group) {
    if (group.isFree()) {
      step(group, 0, 0);
    } else if (method == PenaltyMethod.SUBGRADIENT) {
      double norm = group.normOf(w);
      // norm * w / ||w|| is a ridge's gradient, 2 * l2 * w
      double ridge = norm == 0 ? 0 : group.norm() / norm / 2;
      step(group, group.l1(), group.l2() + ridge);
    } else {
      shrink(group);
    }
  }

  /** The step of weights that share nothing. */
  private void step(ScalarGroup group, double l1, double l2) {
    boolean isProximal = method == PenaltyMethod.PROXIMAL;
    for (int i = group.from(); i < group.to(); i++) {
      double g = grad.at(i);
      if (!isProximal) {
        g += l1 * Math.signum(w.at(i)) + 2 * l2 * w.at(i);
      }
      double move = move(i, g);
      double d = rule.scale(rule.square(own));
      double u = stepped(w.at(i), move / d);
      if (isProximal) {
        double c = b / Math.max(d, rule.thresholdFloor(l1));
        u = Vectors.softThreshold(u, c * l1) / (1 + 2 * c * l2);
      }
      w.set(i, u);
    }
  }

  /** The proximal step of weights that share one D. */
  private void shrink(ScalarGroup group) {
    double[] u = new double[group.size()];
    double squares = 0;
    for (int i = 0; i < u.length; i++) {
      u[i] = move(group.from() + i, grad.at(group.from() + i));
      squares += rule.square(own);
    }
    double floored = group.l1() + group.norm() / Math.sqrt(group.size());
    double d = Math.max(rule.scale(squares / group.size()), rule.thresholdFloor(floored));
    double c = b / d;
    squares = 0;
    for (int i = 0; i < u.length; i++) {
      u[i] = Vectors.softThreshold(stepped(w.at(group.from() + i), u[i] / d), c * group.l1());
      squares += u[i] * u[i];
    }
    double k = c * group.norm();
    double left = k == 0 ? 1 : Math.max(0, 1 - k / Math.sqrt(squares));
    for (int i = 0; i < u.length; i++) {
      double shrunk = u[i] * left / (1 + 2 * c * group.l2());
      w.set(group.from() + i, Math.abs(shrunk) < Float.MIN_NORMAL ? 0 : shrunk);
    }
  }

  /** A weight after a step of the rule's and its decay. */
  private double stepped(double weight, double step) {
    return weight + (decay == 0 ? step : step - decay * weight);
  }

  /**
   * {@link UpdateRule#move} of weight {@code i}; leaves its state, not rounded, in {@link #own}.
   */
  private double move(int i, double g) {
    for (int s = 0; s < own.length; s++) {
      own[s] = state.at(s, i);
    }
    double move = rule.move(a, g, own);
    for (int s = 0; s < own.length; s++) {
      state.set(s, i, own[s]);
    }
    return move;
  }
}
