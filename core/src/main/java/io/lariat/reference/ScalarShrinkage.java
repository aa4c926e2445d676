package io.lariat.reference;

import io.lariat.backend.Penalty;
import io.lariat.backend.UpdateRule;
import io.lariat.numeric.Vectors;

/** The shrinkage of {@link io.lariat.backend.Backend#shrinkRows}, in double. */
final class ScalarShrinkage {
  private final UpdateRule rule;
  private final Penalty penalty;
  private final View state;

  /** {@code state} is not looked at where the rule has none. */
  ScalarShrinkage(UpdateRule rule, Penalty penalty, View state) {
    this.rule = rule;
    this.penalty = penalty;
    this.state = state;
  }

  void apply(View w, View amounts) {
    for (int i = 0; i < w.rows(); i++) {
      double amount = amounts.at(i);
      for (int e = i * w.cols(); amount != 0 && e < (i + 1) * w.cols(); e++) {
        double c = amount / divisor(e);
        double size = Vectors.softThreshold(w.at(e), c * penalty.l1());
        w.set(e, size / (1 + 2 * c * penalty.l2()));
      }
    }
  }

  /** {@code max(D, floor)} of weight {@code e}. */
  private double divisor(int e) {
    double[] own = new double[rule.stateRows()];
    for (int s = 0; s < own.length; s++) {
      own[s] = state.at(s, e);
    }
    return Math.max(rule.scale(rule.square(own)), rule.thresholdFloor(penalty.l1()));
  }
}
