package io.lariat.backend.contract;

import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.RowGroups;
import io.lariat.backend.UpdateRule;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A kernel whose rows are in groups, with its optimizer's state, in a slab. */
final class Grouped {
  final Slab slab;
  final UpdateRule rule;
  final Layout layout;
  final Matrix w;
  final Matrix grad;
  final Matrix state;
  final Matrix rates;
  final RowGroups groups;

  /** What a step takes off each weight. */
  double decay;

  /** Groups of some rows, each with a factor. */
  record Layout(List<Integer> rows, List<Double> factors, int units) {
    /** Groups of factor 1. */
    static Layout of(int units, Integer... rows) {
      return new Layout(List.of(rows), Collections.nCopies(rows.length, 1.0), units);
    }

    int count() {
      return rows.size();
    }

    int allRows() {
      return rows.stream().mapToInt(r -> r).sum();
    }

    int size() {
      return allRows() * units;
    }

    /** The first element of group {@code i}. */
    int from(int i) {
      return rows.stream().limit(i).mapToInt(r -> r).sum() * units;
    }
  }

  /** With a state of zeros. */
  Grouped(Slab slab, UpdateRule rule, Layout layout, float... weights) {
    this.slab = slab;
    this.rule = rule;
    this.layout = layout;
    int stateRows = Math.max(rule.stateRows(), 1);
    int size = layout.size();
    w = slab.put("w", layout.allRows(), layout.units(), weights);
    grad = slab.out("grad", layout.allRows(), layout.units());
    state = slab.put("state", stateRows, size, new float[stateRows * size]);
    rates = slab.out("rates", 1, UpdateRule.RATES);
    int[] starts = new int[layout.count() + 1];
    float[] values = new float[layout.count()];
    for (int i = 0; i < layout.count(); i++) {
      starts[i + 1] = starts[i] + layout.rows().get(i);
      values[i] = layout.factors().get(i).floatValue();
    }
    Matrix factors = slab.put("factors", layout.count(), 1, values);
    groups = new RowGroups(indices(slab, starts), factors, layout.allRows());
  }

  /** A range in the middle of a longer vector, whose other numbers are far outside. */
  static Indices indices(Slab slab, int... numbers) {
    int before = slab.sample().between(0, 9);
    int[] all = new int[before + numbers.length + slab.sample().between(0, 9)];
    Arrays.fill(all, 1_000_000);
    System.arraycopy(numbers, 0, all, before, numbers.length);
    Indices whole = slab.backend().allocateIndices(all.length);
    slab.backend().write(all, 0, whole);
    return whole.range(before, numbers.length);
  }

  float[] weights() {
    return slab.get(w);
  }

  /** The weights of group {@code i}. */
  float[] weights(int i) {
    return Arrays.copyOfRange(weights(), layout.from(i), layout.from(i + 1));
  }

  /** Step {@code t}; checks that nothing but weights and state is written. */
  void step(Penalty penalty, PenaltyMethod method, double learningRate, int t, float... gradient) {
    slab.set(grad, gradient);
    slab.set(rates, UpdateContract.rates(rule, learningRate, t, decay));
    Matrix[] written = rule.stateRows() == 0 ? new Matrix[] {w} : new Matrix[] {w, state};
    slab.run(
        () -> slab.backend().update(rule, penalty, method, groups, w, grad, state, rates), written);
  }

  /** What step {@code t} should do to group {@code i}; to be asked before it. */
  ExpectedGroupUpdate expected(
      int i, Penalty penalty, PenaltyMethod method, double learningRate, int t, float... gradient) {
    int from = layout.from(i);
    int to = layout.from(i + 1);
    return new ExpectedGroupUpdate(
        rule,
        penalty,
        method,
        layout.rows().get(i),
        layout.factors().get(i),
        weights(i),
        Arrays.copyOfRange(gradient, from, to),
        ExpectedGroupUpdate.part(slab.get(state), state.rows(), from, to),
        UpdateContract.rates(rule, learningRate, t, decay));
  }
}
