package io.lariat.backend.contract;

import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.UpdateRule;

/**
 * One step of every optimizer by its formula in {@link UpdateRule}, each operation with its
 * rounding error.
 */
final class ExpectedUpdate {

  /** For a backend that orders the operations otherwise, as fused multiply-add invites. */
  private static final double HEADROOM = 3;

  private final Penalty penalty;
  private final Rounded ridge;
  private final PenaltyMethod method;
  private final Rounded a;
  private final Rounded b;
  private final float decay;
  private final float[] w;
  private final float[] g;
  private final float[] state;

  /** The weights after the step. */
  final Expected weights;

  /** The state after the step; of no elements where the rule has none. */
  final Expected newState;

  /** Whether weight {@code i} must be exactly +0: thresholded away by more than rounding. */
  final boolean[] cutOff;

  /** Whether weight {@code i} must not be zero: above the threshold by more than rounding. */
  final boolean[] kept;

  ExpectedUpdate(
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      float[] w,
      float[] g,
      float[] state,
      float[] rates) {
    this(rule, penalty, Rounded.constant(2 * penalty.l2()), method, w, g, state, rates);
  }

  /** With a ridge of its own, what the gradient of the penalty has in proportion to w. */
  ExpectedUpdate(
      UpdateRule rule,
      Penalty penalty,
      Rounded ridge,
      PenaltyMethod method,
      float[] w,
      float[] g,
      float[] state,
      float[] rates) {
    this.penalty = penalty;
    this.ridge = ridge;
    this.method = method;
    this.w = w;
    this.g = g;
    this.state = state;
    a = Rounded.of(rates[0]);
    b = Rounded.of(rates[1]);
    decay = rates[6];
    weights = new Expected(w.length);
    newState = new Expected(rule.stateRows() * w.length);
    cutOff = new boolean[w.length];
    kept = new boolean[w.length];
    for (int i = 0; i < w.length; i++) {
      switch (rule) {
        case UpdateRule.Sgd r -> sgd(r, i);
        case UpdateRule.RmsProp r -> rmsProp(r, i);
        case UpdateRule.Adam r -> adam(r, i);
      }
    }
  }

  private void sgd(UpdateRule.Sgd rule, int i) {
    Rounded step = a.times(gradient(i));
    if (rule.momentum() == 0) {
      finish(i, stepped(w[i], Rounded.of(0).minus(step), decay), b);
      return;
    }
    Rounded m = velocity(rule, state[i], step);
    set(newState, i, m);
    Rounded moved = rule.nesterov() ? Rounded.constant(rule.momentum()).times(m).minus(step) : m;
    finish(i, stepped(w[i], moved, decay), b);
  }

  /** A weight after a rule's step and its decay. */
  static Rounded stepped(float w, Rounded step, float decay) {
    Rounded weight = Rounded.of(w);
    return weight.plus(decay == 0 ? step : step.minus(Rounded.of(decay).times(weight)));
  }

  /** The new m of SGD, given {@code step = a * g}. */
  static Rounded velocity(UpdateRule.Sgd rule, float m, Rounded step) {
    return Rounded.constant(rule.momentum()).times(Rounded.of(m)).minus(step);
  }

  /** The new v of RMSprop. */
  static Rounded square(UpdateRule.RmsProp rule, float v, Rounded g) {
    Rounded old = Rounded.constant(rule.rho()).times(Rounded.of(v));
    return old.plus(Rounded.constant(1 - rule.rho()).times(g.times(g)));
  }

  /** The new m of Adam. */
  static Rounded mean(UpdateRule.Adam rule, float m, Rounded g) {
    Rounded old = Rounded.of(m);
    return old.plus(g.minus(old).times(Rounded.constant(1 - rule.beta1())));
  }

  /** The new v of Adam. */
  static Rounded square(UpdateRule.Adam rule, float v, Rounded g) {
    Rounded old = Rounded.of(v);
    return old.plus(g.times(g).minus(old).times(Rounded.constant(1 - rule.beta2())));
  }

  private void rmsProp(UpdateRule.RmsProp rule, int i) {
    Rounded g = gradient(i);
    Rounded v = square(rule, state[i], g);
    set(newState, i, v);
    Rounded d = v.plus(Rounded.constant(rule.epsilon())).root();
    double floor = penalty.l1() * Math.min(0.1, Math.sqrt(1 - rule.rho()));
    Rounded u = stepped(w[i], Rounded.of(0).minus(a.times(g).over(d)), decay);
    finish(i, u, b.over(d.max(Rounded.constant(floor))));
  }

  private void adam(UpdateRule.Adam rule, int i) {
    Rounded g = gradient(i);
    Rounded m = mean(rule, state[i], g);
    Rounded v = square(rule, state[w.length + i], g);
    set(newState, i, m);
    set(newState, w.length + i, v);
    Rounded d = v.root().plus(Rounded.constant(rule.epsilon()));
    double share = Math.sqrt(1 - rule.beta2()) / (1 - rule.beta1());
    double floor = penalty.l1() * Math.min(0.1, share);
    Rounded u = stepped(w[i], Rounded.of(0).minus(a.times(m).over(d)), decay);
    finish(i, u, b.over(d.max(Rounded.constant(floor))));
  }

  private Rounded gradient(int i) {
    Rounded gradient = Rounded.of(g[i]);
    if (method == PenaltyMethod.PROXIMAL) {
      return gradient;
    }
    double sign = w[i] > 0 ? 1 : w[i] < 0 ? -1 : 0;
    return gradient.plus(Rounded.constant(penalty.l1() * sign)).plus(ridge.times(Rounded.of(w[i])));
  }

  private void finish(int i, Rounded u, Rounded c) {
    Rounded result = u;
    if (method == PenaltyMethod.PROXIMAL) {
      Rounded k = c.times(Rounded.constant(penalty.l1()));
      double above = Math.abs(u.value()) - k.value();
      double slack = HEADROOM * (u.error() + k.error());
      cutOff[i] = above < -slack;
      kept[i] = above > slack;
      result = u.softThreshold(k).over(Rounded.of(1).plus(ridge.times(c)));
    }
    set(weights, i, result);
  }

  private static void set(Expected expected, int i, Rounded result) {
    expected.set(i, result.value(), HEADROOM * result.error());
  }
}
