package io.lariat.backend.contract;

import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.UpdateRule;
import java.util.Arrays;

/**
 * One step over a group of weights by the formulas in {@link UpdateRule}, each operation with its
 * rounding error.
 */
final class ExpectedGroupUpdate {
  private static final double HEADROOM = 3;

  private final float[] w;
  private final float[] g;
  private final float[] state;
  private final Rounded a;
  private final Rounded b;
  private final float decay;
  private final double l1;
  private final double l2;
  private final double norm;

  /** The weights after the step. */
  final Expected weights;

  /** The state after the step; of no elements where the rule has none. */
  final Expected newState;

  /** Whether all weights must be exactly +0: the group is cut off by more than rounding. */
  boolean cutOff;

  /** Which weights must not be zero: above both thresholds by more than rounding. */
  final boolean[] kept;

  /**
   * Computes it.
   *
   * @param rows the group's rows
   * @param factor its factor
   */
  ExpectedGroupUpdate(
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      int rows,
      double factor,
      float[] w,
      float[] g,
      float[] state,
      float[] rates) {
    this.w = w;
    this.g = g;
    this.state = state;
    a = Rounded.of(rates[0]);
    b = Rounded.of(rates[1]);
    decay = rates[6];
    l1 = factor * penalty.l1();
    l2 = factor * penalty.l2();
    norm = factor * penalty.group() * Math.sqrt(rows);
    kept = new boolean[w.length];
    if (method == PenaltyMethod.PROXIMAL && (l1 > 0 || l2 > 0 || norm > 0)) {
      weights = new Expected(w.length);
      newState = new Expected(rule.stateRows() * w.length);
      proximal(rule);
    } else {
      ExpectedUpdate alone =
          new ExpectedUpdate(rule, new Penalty(l1, l2), slope(), method, w, g, state, rates);
      weights = alone.weights;
      newState = alone.newState;
    }
  }

  /** {@code 2 * l2 + norm / ||w||}. */
  private Rounded slope() {
    Rounded ridge = Rounded.constant(2 * l2);
    boolean isZero = true;
    Rounded[] squares = new Rounded[w.length];
    for (int i = 0; i < w.length; i++) {
      squares[i] = Rounded.of(w[i]).times(Rounded.of(w[i]));
      isZero &= w[i] == 0;
    }
    return isZero || norm == 0
        ? ridge
        : ridge.plus(Rounded.constant(norm).over(Rounded.sum(squares).root()));
  }

  private void proximal(UpdateRule rule) {
    Rounded[] u = new Rounded[w.length];
    Rounded c = step(rule, u);
    Rounded threshold = c.times(Rounded.constant(l1));
    Rounded[] x = new Rounded[w.length];
    Rounded[] squares = new Rounded[w.length];
    for (int i = 0; i < w.length; i++) {
      x[i] = u[i].softThreshold(threshold);
      squares[i] = x[i].times(x[i]);
    }
    Rounded length = Rounded.sum(squares).root();
    Rounded k = c.times(Rounded.constant(norm));
    double slack = HEADROOM * (length.error() + k.error());
    cutOff = norm > 0 && length.value() - k.value() < -slack;
    Rounded left = left(length, k);
    Rounded divisor = Rounded.of(1).plus(Rounded.constant(2 * l2).times(c));
    for (int i = 0; i < w.length; i++) {
      kept[i] =
          length.value() - k.value() > slack
              && Math.abs(u[i].value()) - threshold.value()
                  > HEADROOM * (u[i].error() + threshold.error());
      Rounded result = x[i].times(left).over(divisor);
      weights.set(i, result.value(), HEADROOM * result.error());
    }
  }

  /** {@code max(0, 1 - k / length)}. */
  private Rounded left(Rounded length, Rounded k) {
    if (norm == 0) {
      return Rounded.of(1);
    }
    if (length.value() <= 2 * length.error()) { // as good as zero: no more than all is left of it
      return new Rounded(0, 1);
    }
    Rounded left = Rounded.of(1).minus(k.over(length));
    return left.max(Rounded.of(0));
  }

  /** Fills in {@code u} and the new state, and gives {@code c}. */
  private Rounded step(UpdateRule rule, Rounded[] u) {
    int n = w.length;
    Rounded[] v = new Rounded[n];
    Rounded[] direction = new Rounded[n];
    for (int i = 0; i < n; i++) {
      direction[i] = Rounded.of(g[i]);
      switch (rule) {
        case UpdateRule.Sgd r -> {
          Rounded step = a.times(direction[i]);
          Rounded moved = Rounded.of(0).minus(step);
          if (r.momentum() > 0) {
            moved = ExpectedUpdate.velocity(r, state[i], step);
            setState(i, moved);
            moved = r.nesterov() ? Rounded.constant(r.momentum()).times(moved).minus(step) : moved;
          }
          u[i] = ExpectedUpdate.stepped(w[i], moved, decay);
        }
        case UpdateRule.RmsProp r -> {
          v[i] = ExpectedUpdate.square(r, state[i], direction[i]);
          setState(i, v[i]);
        }
        case UpdateRule.Adam r -> {
          v[i] = ExpectedUpdate.square(r, state[n + i], direction[i]);
          direction[i] = ExpectedUpdate.mean(r, state[i], direction[i]);
          setState(i, direction[i]);
          setState(n + i, v[i]);
        }
      }
    }
    if (rule instanceof UpdateRule.Sgd) {
      return b;
    }
    Rounded d = scale(rule, Rounded.sum(v).over(Rounded.of(n)));
    for (int i = 0; i < n; i++) {
      Rounded step = Rounded.of(0).minus(a.times(direction[i]).over(d));
      u[i] = ExpectedUpdate.stepped(w[i], step, decay);
    }
    return b.over(d);
  }

  /** {@code D}, given the mean of v. */
  private Rounded scale(UpdateRule rule, Rounded mean) {
    double floored = l1 + norm / Math.sqrt(w.length);
    if (rule instanceof UpdateRule.RmsProp r) {
      double floor = floored * Math.min(0.1, Math.sqrt(1 - r.rho()));
      return mean.plus(Rounded.constant(r.epsilon())).root().max(Rounded.constant(floor));
    }
    UpdateRule.Adam r = (UpdateRule.Adam) rule;
    double floor = floored * Math.min(0.1, Math.sqrt(1 - r.beta2()) / (1 - r.beta1()));
    return mean.root().plus(Rounded.constant(r.epsilon())).max(Rounded.constant(floor));
  }

  private void setState(int i, Rounded value) {
    newState.set(i, value.value(), HEADROOM * value.error());
  }

  /** Elements {@code from} to {@code to - 1} of each row of {@code matrix [rows x size]}. */
  static float[] part(float[] matrix, int rows, int from, int to) {
    int size = matrix.length / rows;
    float[] part = new float[rows * (to - from)];
    for (int i = 0; i < rows; i++) {
      float[] row = Arrays.copyOfRange(matrix, i * size + from, i * size + to);
      System.arraycopy(row, 0, part, i * row.length, row.length);
    }
    return part;
  }
}
