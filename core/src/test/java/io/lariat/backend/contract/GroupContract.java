package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Backend;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Recording;
import io.lariat.backend.RowGroups;
import io.lariat.backend.UpdateRule;
import io.lariat.backend.contract.Grouped.Layout;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Penalties on groups of rows, and one step of every optimizer under them. */
interface GroupContract extends BackendUnderTest {

  /** Around vectors of 4, 8 and 16 floats, one row and many, protected and adaptive. */
  List<Layout> LAYOUTS =
      List.of(
          Layout.of(1, 1),
          Layout.of(1, 1, 1, 1, 1, 1),
          Layout.of(1, 3, 2, 40),
          new Layout(List.of(1, 2, 1, 3), List.of(1.0, 0.0, 0.25, 3.0), 3),
          Layout.of(7, 1, 4),
          new Layout(List.of(2, 1), List.of(0.0, 1.0), 16),
          new Layout(List.of(1, 1, 5), List.of(1.0, 2.0, 0.5), 17),
          Layout.of(128, 1, 2),
          new Layout(List.of(1, 9, 1), List.of(1.0, 1.0, 0.0), 129));

  /** Each part alone, all together, and so strong that groups go at once. */
  List<Penalty> PENALTIES =
      List.of(
          Penalty.NONE,
          Penalty.group(0.3),
          Penalty.group(20),
          Penalty.elasticNet(0.1, 0.05),
          new Penalty(0.1, 0, 0.3),
          new Penalty(0, 0.2, 0.5),
          new Penalty(0.05, 0.2, 0.1));

  @Test
  default void groupPenaltyHolds() {
    Slab slab = new Slab(backend(), Sample.of("groupPenaltyHolds"));
    UpdateRule sgd = new UpdateRule.Sgd(0, false);
    for (Layout layout : LAYOUTS) {
      for (Penalty penalty : PENALTIES) {
        slab.clear();
        float[] values = slab.sample().withZeros(slab.sample().signed(layout.size()), 4);
        Grouped kernel = new Grouped(slab, sgd, layout, values);
        Matrix out = slab.out("out", 1, 1);
        Matrix rates = slab.rates();
        slab.run(() -> backend().penalty(penalty, kernel.groups, rates, kernel.w, out), out);
        double value = 0;
        for (int i = 0; i < layout.count(); i++) {
          value +=
              penalty(penalty, layout.rows().get(i), layout.factors().get(i), kernel.weights(i));
        }
        // sums of at most n terms, each of a few roundings, one after the other
        Expected expected = new Expected(1);
        expected.set(0, value, 2 * (layout.size() + 8) * Expected.UNIT * value);
        slab.check(penalty + " of " + layout, out, expected);
      }
    }
  }

  private static double penalty(Penalty penalty, int rows, double factor, float[] w) {
    double absolutes = 0;
    double squares = 0;
    for (float weight : w) {
      absolutes += Math.abs(weight);
      squares += (double) weight * weight;
    }
    double norm = Math.sqrt(rows) * Math.sqrt(squares);
    return factor * (penalty.l1() * absolutes + penalty.l2() * squares + penalty.group() * norm);
  }

  /** Every step from the weights and the state that the backend itself left. */
  @ParameterizedTest
  @EnumSource
  default void groupUpdateHoldsStepByStep(PenaltyMethod method) {
    Slab slab = new Slab(backend(), Sample.of("groupUpdateHoldsStepByStep" + method));
    boolean[] seen = new boolean[2];
    for (UpdateRule rule : Cases.RULES) {
      for (Penalty penalty : PENALTIES) {
        for (Layout layout : LAYOUTS) {
          slab.clear();
          holdsStepByStep(slab, rule, penalty, method, layout, seen);
        }
      }
    }
    boolean isProximal = method == PenaltyMethod.PROXIMAL;
    assertThat(seen).as("groups cut off, groups kept").containsExactly(isProximal, isProximal);
  }

  private void holdsStepByStep(
      Slab slab,
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method,
      Layout layout,
      boolean[] seen) {
    Sample sample = slab.sample();
    int n = layout.size();
    float[] start = sample.withZeros(sample.uniform(n, -0.05, 0.05), 4);
    Arrays.fill(start, 0, layout.from(1), 0f); // a group of zeros
    Grouped kernel = new Grouped(slab, rule, layout, start);
    for (int t = 1; t <= 3; t++) {
      kernel.decay = t == 3 ? 0.3 : 0;
      float[] gradient = sample.withZeros(sample.uniform(n, -0.3, 0.3), 5);
      ExpectedGroupUpdate[] expected = new ExpectedGroupUpdate[layout.count()];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = kernel.expected(i, penalty, method, 0.01, t, gradient);
      }
      kernel.step(penalty, method, 0.01, t, gradient);
      for (int i = 0; i < expected.length; i++) {
        String what =
            String.format(
                Locale.ROOT,
                "%s, %s, %s, step %d, group %d of %s; %s",
                rule,
                penalty,
                method,
                t,
                i,
                layout,
                sample);
        float[] found = kernel.weights(i);
        expected[i].weights.check(what, found);
        if (rule.stateRows() > 0) {
          float[] state =
              ExpectedGroupUpdate.part(
                  slab.get(kernel.state), rule.stateRows(), layout.from(i), layout.from(i + 1));
          expected[i].newState.check(what + ": state", state);
        }
        for (int e = 0; e < found.length; e++) {
          if (expected[i].cutOff) {
            seen[0] = true;
            assertThat(Float.floatToRawIntBits(found[e])).as("%s: bits of %d", what, e).isZero();
          }
          if (expected[i].kept[e]) {
            seen[1] = true;
            assertThat(found[e]).as("%s: weight %d", what, e).isNotZero();
          }
        }
      }
    }
  }

  /** A gradient that is not a number makes its weight so, and with a norm its whole group. */
  @ParameterizedTest
  @EnumSource
  default void groupUpdateKeepsNan(PenaltyMethod method) {
    Slab slab = new Slab(backend(), Sample.of("groupUpdateKeepsNan" + method));
    Layout layout = Layout.of(19, 1, 2, 1);
    for (UpdateRule rule : Cases.RULES) {
      for (Penalty penalty : PENALTIES) {
        slab.clear();
        float[] weights = slab.sample().withZeros(slab.sample().signed(layout.size()), 3);
        float[] gradient = slab.sample().signed(layout.size());
        gradient[20] = Float.NaN;
        gradient[56] = Float.NaN;
        weights[30] = Float.NaN;
        Grouped kernel = new Grouped(slab, rule, layout, weights);
        kernel.step(penalty, method, 0.01, 1, gradient);
        float[] found = kernel.weights();
        for (int e : new int[] {20, 30, 56}) {
          assertThat(found[e]).as("%s, %s, %s: weight %d", rule, penalty, method, e).isNaN();
        }
        for (int e = 0; e < layout.from(1); e++) {
          assertThat(found[e]).as("%s, %s, %s: weight %d", rule, penalty, method, e).isNotNaN();
        }
      }
    }
  }

  @Test
  default void groupPenaltyKeepsNan() {
    Slab slab = new Slab(backend(), Sample.of("groupPenaltyKeepsNan"));
    float[] values = {1, 2, Float.NaN, 4};
    Grouped kernel = new Grouped(slab, new UpdateRule.Sgd(0, false), Layout.of(2, 1, 1), values);
    Matrix out = slab.out("out", 1, 1);
    Matrix rates = slab.rates();
    slab.run(() -> backend().penalty(Penalty.group(1), kernel.groups, rates, kernel.w, out), out);
    slab.check("penalty", out, Expected.exactly(Float.NaN));
  }

  /** Weights far from 1: no square of them may hide a group, or what is infinite. */
  @Test
  default void groupUpdateOfHugeAndTinyWeights() {
    Slab slab = new Slab(backend(), Sample.of("groupUpdateOfHugeAndTinyWeights"));
    UpdateRule sgd = new UpdateRule.Sgd(0, false);
    Layout layout = Layout.of(3, 1, 1, 1);
    float[] start = {1e30f, -1e30f, 0, 1e-12f, -1e-12f, 0, Float.POSITIVE_INFINITY, 1, -1};
    Grouped kernel = new Grouped(slab, sgd, layout, start);
    // thresholds of 1e-14 against a norm of 1.4e-12, and of nothing against what is huge
    kernel.step(Penalty.group(1e-13), PenaltyMethod.PROXIMAL, 0.1, 1, new float[9]);
    float[] found = kernel.weights();
    double left = 1 - 1e-14 / (1e-12 * Math.sqrt(2));
    Expected expected = new Expected(9);
    for (int e = 0; e < 6; e++) {
      expected.set(e, start[e] * (e < 3 ? 1 : left), 16 * Expected.UNIT * Math.abs(start[e]));
    }
    for (int e = 6; e < 9; e++) {
      expected.exact(e, start[e]);
    }
    expected.check("huge and tiny", found);
  }

  /** A rule without state takes any matrix for it, even the weights, and touches nothing of it. */
  @Test
  default void groupUpdateWithoutStateTouchesNoState() {
    Slab slab = new Slab(backend(), Sample.of("groupUpdateWithoutStateTouchesNoState"));
    UpdateRule sgd = new UpdateRule.Sgd(0, false);
    Grouped kernel = new Grouped(slab, sgd, Layout.of(2, 1, 1), 3, 4, 0.3f, 0.4f);
    slab.set(kernel.grad, new float[4]);
    slab.set(kernel.rates, 1, 1, 1, 1, 0, 0, 0);
    Penalty penalty = Penalty.group(1);
    slab.run(
        () ->
            backend()
                .update(
                    sgd,
                    penalty,
                    PenaltyMethod.PROXIMAL,
                    kernel.groups,
                    kernel.w,
                    kernel.grad,
                    kernel.w,
                    kernel.rates),
        kernel.w);
    // norms 5 and 0.5 less 1
    Expected expected = new Expected(4);
    expected.set(0, 2.4, 8 * Expected.UNIT * 3);
    expected.set(1, 3.2, 8 * Expected.UNIT * 4);
    slab.check("shrunk by 1", kernel.w, expected);
  }

  /** Refused, or contents of what is written that nobody defined; never anything outside it. */
  @Test
  default void groupStartsStayInside() {
    int[][] wrong = {
      {1, 2, 4}, {0, 2, 3}, {0, 2, 5}, {0, 0, 4}, {0, 4, 4}, {0, -1, 4}, {-1, 2, 4}, {0, 1 << 30, 4}
    };
    Slab slab = new Slab(backend(), Sample.of("groupStartsStayInside"));
    String message = "2 groups of 4 rows: starts must ascend from 0 to 4, by at least 1";
    for (int[] starts : wrong) {
      slab.clear();
      Grouped kernel =
          new Grouped(slab, Cases.RULES.getLast(), Layout.of(3, 1, 3), slab.sample().signed(12));
      slab.set(kernel.grad, slab.sample().signed(12));
      slab.set(kernel.rates, 0.01f, 0.01f, 1, 1, 0, 0, 0);
      RowGroups groups = new RowGroups(Grouped.indices(slab, starts), kernel.groups.factors(), 4);
      Matrix out = slab.out("out", 1, 1);
      Penalty penalty = Penalty.group(1);
      slab.run(
          () ->
              allowRefusal(
                  message, () -> backend().penalty(penalty, groups, kernel.rates, kernel.w, out)),
          out);
      slab.run(
          () ->
              allowRefusal(
                  message,
                  () ->
                      backend()
                          .update(
                              kernel.rule,
                              penalty,
                              PenaltyMethod.PROXIMAL,
                              groups,
                              kernel.w,
                              kernel.grad,
                              kernel.state,
                              kernel.rates)),
          kernel.w,
          kernel.state);
    }
  }

  private static void allowRefusal(String message, Runnable operation) {
    try {
      operation.run();
    } catch (IndexOutOfBoundsException refused) {
      assertThat(refused).hasMessage(message);
    }
  }

  /** Wrong shapes and overlaps, and group penalties where no groups are named. */
  @Test
  default void groupRefusals() {
    Slab slab = new Slab(backend(), Sample.of("groupRefusals"));
    UpdateRule adam = new UpdateRule.Adam(0.9, 0.999, 1e-7);
    Grouped k = new Grouped(slab, adam, Layout.of(2, 1, 2), slab.sample().signed(6));
    Matrix one = slab.put("one", 1, 1, 1);
    Matrix row = slab.put("row", 1, 6, slab.sample().signed(6));
    RowGroups inside =
        new RowGroups(k.groups.starts(), new Matrix("f", k.w.storage(), k.w.offset(), 2, 1), 3);
    refuses(
        slab, "penalty: 2 groups of 3 rows, row [1x6] -> one [1x1]", () -> penalty(k, row, one));
    refuses(slab, "penalty: w [3x2] -> row [1x6]", () -> penalty(k, k.w, row));
    Matrix cell = new Matrix("cell", k.w.storage(), k.groups.factors().offset(), 1, 1);
    refuses(
        slab, "penalty: cell [1x1] must not overlap factors [2x1]", () -> penalty(k, k.w, cell));
    String update = "update Adam: 2 groups of 3 rows, ";
    refuses(
        slab,
        update + "row [1x6], grad [3x2], state [2x6], rates [1x7]",
        () -> update(k, k.groups, row, k.grad, k.state));
    refuses(
        slab,
        update + "w [3x2], row [1x6], state [2x6], rates [1x7]",
        () -> update(k, k.groups, k.w, row, k.state));
    refuses(
        slab,
        update + "w [3x2], grad [3x2], row [1x6], rates [1x7]",
        () -> update(k, k.groups, k.w, k.grad, row));
    refuses(
        slab,
        "update: w [3x2] must not overlap w [3x2]",
        () -> update(k, k.groups, k.w, k.w, k.state));
    refuses(
        slab,
        "update: w [3x2] must not overlap f [2x1]",
        () -> update(k, inside, k.w, k.grad, k.state));
    String remedy = ": the penalty has a group part, 0.5; name the groups of rows that it is on";
    Penalty group = Penalty.group(0.5);
    Matrix rowGrad = slab.put("rowGrad", 1, 6, new float[6]);
    refuses(slab, "penalty" + remedy, () -> backend().penalty(group, k.rates, row, one));
    PenaltyMethod method = PenaltyMethod.PROXIMAL;
    refuses(
        slab,
        "update" + remedy,
        () -> backend().update(adam, group, method, row, rowGrad, k.state, k.rates));
    refuses(
        slab,
        "penalty" + remedy,
        () -> backend().penaltyAndUpdate(adam, group, method, row, rowGrad, k.state, k.rates, one));
    refuses(
        slab, "shrinkRows" + remedy, () -> backend().shrinkRows(adam, group, row, k.state, one));
  }

  private void penalty(Grouped k, Matrix w, Matrix out) {
    backend().penalty(Penalty.group(1), k.groups, k.rates, w, out);
  }

  private void update(Grouped k, RowGroups groups, Matrix w, Matrix grad, Matrix state) {
    backend()
        .update(k.rule, Penalty.group(1), PenaltyMethod.PROXIMAL, groups, w, grad, state, k.rates);
  }

  private static void refuses(Slab slab, String message, Runnable call) {
    slab.run(
        () ->
            assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message));
  }

  @Test
  default void groupsOfWrongSizesAreRefused() {
    Matrix factors = Matrix.of("factors", backend().allocate(2), 2, 1);
    Indices three = backend().allocateIndices(3);
    assertThatThrownBy(() -> new RowGroups(three, factors, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("groups of 1 rows: 3 starts, factors [2x1]");
    assertThatThrownBy(() -> new RowGroups(three.range(0, 2), factors, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("groups of 5 rows: 2 starts, factors [2x1]");
    assertThatThrownBy(() -> new RowGroups(three, factors.reshape(1, 2), 5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void groupsOfForeignOrClosedStartsAreRefused() {
    Slab slab = new Slab(backend(), Sample.of("groupsOfForeignOrClosedStarts"));
    Grouped k = new Grouped(slab, new UpdateRule.Sgd(0, false), Layout.of(2, 1, 2), new float[6]);
    Matrix one = slab.put("one", 1, 1, 0);
    Indices foreign = sibling().allocateIndices(3);
    Indices closed = backend().allocateIndices(3);
    closed.close();
    groupsAreRefused(IllegalArgumentException.class, k, foreign, one);
    groupsAreRefused(IllegalStateException.class, k, closed, one);
  }

  private void groupsAreRefused(
      Class<? extends Exception> expected, Grouped k, Indices starts, Matrix out) {
    RowGroups groups = new RowGroups(starts, k.groups.factors(), 3);
    k.slab.run(
        () -> {
          assertThatThrownBy(() -> update(k, groups, k.w, k.grad, k.state)).isInstanceOf(expected);
          assertThatThrownBy(() -> backend().penalty(Penalty.group(1), groups, k.rates, k.w, out))
              .isInstanceOf(expected);
        });
  }

  /**
   * Groups of very different sizes, large enough for a backend to share them among its threads:
   * recorded, called, and on a sibling, the same bits.
   */
  @ParameterizedTest
  @EnumSource
  default void groupUpdateGivesTheSameBitsHoweverItRuns(PenaltyMethod method) {
    Layout layout = new Layout(List.of(700, 1, 1, 30, 3), List.of(1.0, 0.0, 2.0, 1.0, 1.0), 131);
    for (UpdateRule rule : List.of(Cases.RULES.get(3), Cases.RULES.get(4), Cases.RULES.get(6))) {
      Grouped first = large(backend(), rule, layout);
      Grouped second = large(sibling(), rule, layout);
      Matrix out = first.slab.put("sum", 1, 1, 0);
      Matrix out2 = second.slab.put("sum", 1, 1, 0);
      upload(first);
      upload(second);
      try (Recording recording = first.slab.backend().record(() -> largeStep(first, method, out))) {
        for (int t = 1; t <= 3; t++) {
          recording.replay();
          largeStep(second, method, out2);
          String what = rule + ", " + method + ", step " + t;
          RowsContract.assertSameBits(what, read(first, first.w), read(second, second.w));
          RowsContract.assertSameBits(what, read(first, first.state), read(second, second.state));
          RowsContract.assertSameBits(what, read(first, out), read(second, out2));
        }
      }
    }
  }

  private static Grouped large(Backend backend, UpdateRule rule, Layout layout) {
    Slab slab = new Slab(backend, Sample.of("large"), 1 << 19);
    float[] start = slab.sample().uniform(layout.size(), -0.05, 0.05);
    Grouped kernel = new Grouped(slab, rule, layout, start);
    slab.set(kernel.grad, slab.sample().uniform(layout.size(), -0.3, 0.3));
    slab.set(kernel.rates, UpdateContract.rates(rule, 0.01, 2));
    return kernel;
  }

  private static void largeStep(Grouped kernel, PenaltyMethod method, Matrix out) {
    Backend backend = kernel.slab.backend();
    Penalty penalty = new Penalty(0.02, 0.01, 0.3);
    backend.penalty(penalty, kernel.groups, kernel.rates, kernel.w, out);
    backend.update(
        kernel.rule,
        penalty,
        method,
        kernel.groups,
        kernel.w,
        kernel.grad,
        kernel.state,
        kernel.rates);
  }

  private static void upload(Grouped kernel) {
    for (Matrix m :
        List.of(kernel.w, kernel.grad, kernel.state, kernel.rates, kernel.groups.factors())) {
      kernel.slab.backend().write(kernel.slab.get(m), 0, m);
    }
  }

  private static float[] read(Grouped kernel, Matrix matrix) {
    float[] values = new float[(int) matrix.size()];
    kernel.slab.backend().read(matrix, values, 0);
    return values;
  }
}
