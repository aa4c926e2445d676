package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Activation;
import io.lariat.backend.CategoricalCrossEntropy;
import io.lariat.backend.Indices;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;
import io.lariat.backend.MeanSquaredError;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Product;
import io.lariat.backend.UpdateRule;
import org.junit.jupiter.api.Test;

/** Wrong shapes and forbidden overlaps: refused in these words, with nothing written. */
interface RefusalContract extends BackendUnderTest {

  /** Matrices of different shapes, and views of {@code a} that overlap it. */
  final class Matrices {
    final Slab slab;
    final Matrix a;
    final Matrix b;
    final Matrix c;
    final Matrix row;
    final Matrix column;
    final Matrix one;
    final Matrix shifted;

    Matrices(Slab slab) {
      this.slab = slab;
      a = slab.put("a", 3, 4, slab.sample().signed(12));
      b = slab.put("b", 4, 5, slab.sample().signed(20));
      c = slab.put("c", 3, 5, slab.sample().signed(15));
      row = slab.put("row", 1, 4, slab.sample().signed(4));
      column = slab.put("column", 3, 1, slab.sample().signed(3));
      one = slab.put("one", 1, 1, 1);
      shifted = new Matrix("shifted", a.storage(), a.offset() + 1, 3, 4);
    }

    void refuses(String message, Runnable call) {
      slab.run(
          () ->
              assertThatThrownBy(call::run)
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessage(message));
    }
  }

  private Matrices matrices(String test) {
    return new Matrices(new Slab(backend(), Sample.of(test)));
  }

  @Test
  default void refusalOfTransfers() {
    Matrices m = matrices("refusalOfTransfers");
    m.refuses("write: 11 floats from 0 -> a [3x4]", () -> backend().write(new float[11], 0, m.a));
    m.refuses("write: 12 floats from 1 -> a [3x4]", () -> backend().write(new float[12], 1, m.a));
    m.refuses("write: 12 floats from -1 -> a [3x4]", () -> backend().write(new float[12], -1, m.a));
    m.refuses(
        "write: 12 floats from 2147483647 -> a [3x4]",
        () -> backend().write(new float[12], Integer.MAX_VALUE, m.a));
    m.refuses("read: a [3x4] -> 11 floats from 0", () -> backend().read(m.a, new float[11], 0));
    m.refuses("read: a [3x4] -> 12 floats from -1", () -> backend().read(m.a, new float[12], -1));
    m.refuses("copy: a [3x4] -> b [4x5]", () -> backend().copy(m.a, m.b));
    m.refuses("copy: shifted [3x4] must not overlap a [3x4]", () -> backend().copy(m.a, m.shifted));
    m.refuses("copy: a [3x4] must not overlap a [3x4]", () -> backend().copy(m.a, m.a));
    Indices ints = backend().allocateIndices(3);
    m.refuses("write: 2 ints from 0 -> indices [3]", () -> backend().write(new int[2], 0, ints));
    m.refuses("write: 3 ints from -1 -> indices [3]", () -> backend().write(new int[3], -1, ints));
  }

  @Test
  default void refusalOfRows() {
    Matrices m = matrices("refusalOfRows");
    Indices two = backend().allocateIndices(2);
    Indices three = backend().allocateIndices(3);
    m.refuses("gatherRows: b [4x5], 2 rows -> c [3x5]", () -> backend().gatherRows(m.b, two, m.c));
    m.refuses(
        "gatherRows: b [4x5], 3 rows -> a [3x4]", () -> backend().gatherRows(m.b, three, m.a));
    m.refuses(
        "gatherRows: shifted [3x4] must not overlap a [3x4]",
        () -> backend().gatherRows(m.a, three, m.shifted));
    m.refuses(
        "scatterRows: c [3x5], 2 rows -> b [4x5]", () -> backend().scatterRows(m.c, two, m.b));
    m.refuses(
        "scatterRows: a [3x4], 3 rows -> b [4x5]", () -> backend().scatterRows(m.a, three, m.b));
    m.refuses(
        "scatterRows: shifted [3x4] must not overlap a [3x4]",
        () -> backend().scatterRows(m.a, three, m.shifted));
  }

  @Test
  default void refusalOfProducts() {
    Matrices m = matrices("refusalOfProducts");
    m.refuses(
        "matmul AB: a [3x4] x c [3x5] -> c [3x5]",
        () -> backend().matmul(Product.AB, m.a, m.c, m.c));
    m.refuses(
        "matmul AB: a [3x4] x b [4x5] -> a [3x4]",
        () -> backend().matmul(Product.AB, m.a, m.b, m.a));
    m.refuses(
        "matmul A'B: a [3x4] x b [4x5] -> c [3x5]",
        () -> backend().matmul(Product.ATB, m.a, m.b, m.c));
    m.refuses(
        "matmul AB': a [3x4] x b [4x5] -> c [3x5]",
        () -> backend().matmul(Product.ABT, m.a, m.b, m.c));
    Matrix square = m.slab.put("square", 3, 3, m.slab.sample().signed(9));
    Matrix other = m.slab.put("other", 3, 3, m.slab.sample().signed(9));
    for (Product p : Product.values()) {
      String operation = "matmul " + p.notation();
      m.refuses(
          "matmul: square [3x3] must not overlap square [3x3]",
          () -> backend().matmul(p, square, other, square));
      m.refuses(
          "matmul: square [3x3] must not overlap square [3x3]",
          () -> backend().matmul(p, other, square, square));
      m.refuses(
          operation + ": square [3x3] x other [3x3] -> one [1x1]",
          () -> backend().matmul(p, square, other, m.one));
    }
  }

  @Test
  default void refusalOfLayers() {
    Matrices m = matrices("refusalOfLayers");
    m.refuses("addBias: c [3x5] + row [1x4] -> c [3x5]", () -> backend().addBias(m.c, m.row, m.c));
    m.refuses("addBias: a [3x4] + row [1x4] -> c [3x5]", () -> backend().addBias(m.a, m.row, m.c));
    m.refuses(
        "addBias: a [3x4] + column [3x1] -> a [3x4]", () -> backend().addBias(m.a, m.column, m.a));
    m.refuses(
        "addBias: shifted [3x4] must be the same view as a [3x4] or not overlap it",
        () -> backend().addBias(m.a, m.row, m.shifted));
    m.refuses(
        "addBias: a [3x4] must not overlap a [1x4]",
        () -> backend().addBias(m.a, m.a.rowRange(1, 1), m.a));
    m.refuses("sumRows: a [3x4] -> column [3x1]", () -> backend().sumRows(m.a, m.column));
    m.refuses(
        "sumRows: a [1x4] must not overlap a [3x4]",
        () -> backend().sumRows(m.a, m.a.rowRange(2, 1)));
    for (Activation f : Activation.values()) {
      m.refuses("activate " + f + ": a [3x4] -> c [3x5]", () -> backend().activate(f, m.a, m.c));
      m.refuses(
          "activate: shifted [3x4] must be the same view as a [3x4] or not overlap it",
          () -> backend().activate(f, m.a, m.shifted));
      m.refuses(
          "activate: shifted [4x3] must be the same view as a [4x3] or not overlap it",
          () -> backend().activate(f, m.a.reshape(4, 3), m.shifted.reshape(4, 3)));
      m.refuses(
          "activateGrad " + f + ": a [3x4], c [3x5]", () -> backend().activateGrad(f, m.a, m.c));
      m.refuses(
          "activateGrad: a [3x4] must not overlap a [3x4]",
          () -> backend().activateGrad(f, m.a, m.a));
    }
  }

  @Test
  default void refusalOfDropout() {
    Matrices m = matrices("refusalOfDropout");
    Indices key = backend().allocateIndices(1);
    Indices keys = backend().allocateIndices(2);
    for (double rate : new double[] {-0.1, 1, 2, Double.NaN}) {
      m.refuses(
          "dropout: rate " + rate + ", expected a number in [0, 1)",
          () -> backend().dropout(rate, key, m.a, m.a));
    }
    m.refuses("dropout: a [3x4], 2 keys -> a [3x4]", () -> backend().dropout(0.5, keys, m.a, m.a));
    m.refuses("dropout: a [3x4], 1 keys -> c [3x5]", () -> backend().dropout(0.5, key, m.a, m.c));
    m.refuses(
        "dropout: shifted [3x4] must be the same view as a [3x4] or not overlap it",
        () -> backend().dropout(0.5, key, m.a, m.shifted));
  }

  @Test
  default void refusalOfLosses() {
    Matrices m = matrices("refusalOfLosses");
    Matrix rowLosses = m.slab.put("rowLosses", 3, 2, new float[6]);
    Matrix targets = m.slab.put("targets", 3, 4, new float[12]);
    Matrix grad = m.slab.put("grad", 3, 4, new float[12]);
    for (Loss loss : Cases.losses()) {
      boolean classes = loss instanceof CategoricalCrossEntropy;
      Matrix good = classes ? m.column : targets;
      Matrix bad = classes ? targets : m.column;
      String wrong = loss.name() + ": a [3x4], " + bad.describe() + " -> ";
      m.refuses(
          "rowLosses " + wrong + "rowLosses [3x2]",
          () -> backend().rowLosses(loss, m.a, bad, rowLosses));
      m.refuses("lossGrad " + wrong + "grad [3x4]", () -> backend().lossGrad(loss, m.a, bad, grad));
      m.refuses(
          "rowLosses " + loss.name() + ": a [3x4] -> column [3x1]",
          () -> backend().rowLosses(loss, m.a, good, m.column));
      m.refuses(
          "lossGrad " + loss.name() + ": a [3x4] -> c [3x5]",
          () -> backend().lossGrad(loss, m.a, good, m.c));
      Matrix inside = new Matrix("inside", m.a.storage(), m.a.offset() + 5, 3, 2);
      m.refuses(
          "rowLosses: inside [3x2] must not overlap a [3x4]",
          () -> backend().rowLosses(loss, m.a, good, inside));
      m.refuses(
          "lossGrad: shifted [3x4] must be the same view as a [3x4] or not overlap it",
          () -> backend().lossGrad(loss, m.a, good, m.shifted));
      m.refuses(
          "rowLosses " + wrong + "rowLosses [3x2]",
          () -> backend().rowLossesAndGrad(loss, m.a, bad, rowLosses, grad));
    }
    m.refuses(
        "lossGrad: targets [3x4] must not overlap targets [3x4]",
        () -> backend().lossGrad(new MeanSquaredError(), m.a, targets, targets));
  }

  @Test
  default void refusalOfWeights() {
    Matrices m = matrices("refusalOfWeights");
    Penalty l1 = Penalty.l1(1);
    Matrix rates = m.slab.rates();
    m.refuses("penalty: a [3x4] -> row [1x4]", () -> backend().penalty(l1, rates, m.a, m.row));
    m.refuses(
        "penalty: one [1x1] must not overlap one [1x1]",
        () -> backend().penalty(l1, rates, m.one, m.one));
    m.refuses("penalty: a [3x4], row [1x4]", () -> backend().penalty(l1, m.a, m.row, m.one));
    m.refuses("countZeros: a [3x4] -> row [1x4]", () -> backend().countZeros(m.a, m.row));
    Matrix column = new Matrix("inside", m.a.storage(), m.a.offset() + 2, 3, 1);
    m.refuses(
        "countZeros: inside [3x1] must not overlap a [3x4]",
        () -> backend().countZeros(m.a, column));
  }

  @Test
  default void refusalOfUpdates() {
    Matrices m = matrices("refusalOfUpdates");
    Matrix grad = m.slab.put("grad", 1, 4, new float[4]);
    Matrix state = m.slab.put("state", 2, 4, new float[8]);
    Matrix rates = m.slab.rates(1, 1, 1, 1);
    UpdateRule adam = new UpdateRule.Adam(0.9, 0.999, 1e-7);
    UpdateRule rmsProp = new UpdateRule.RmsProp(0.9, 1e-7);
    m.refuses(
        "update Adam: row [1x4], grad [1x4], grad [1x4], rates [1x7]",
        () -> update(adam, m.row, grad, grad, rates));
    m.refuses(
        "update RmsProp: row [1x4], grad [1x4], state [2x4], rates [1x7]",
        () -> update(rmsProp, m.row, grad, state, rates));
    m.refuses(
        "update Adam: a [3x4], grad [1x4], state [2x4], rates [1x7]",
        () -> update(adam, m.a, grad, state, rates));
    m.refuses(
        "update Adam: row [1x4], a [3x4], state [2x4], rates [1x7]",
        () -> update(adam, m.row, m.a, state, rates));
    m.refuses(
        "update Adam: row [1x4], grad [1x4], state [2x4], one [1x1]",
        () -> update(adam, m.row, grad, state, m.one));
    m.refuses(
        "update: row [1x4] must not overlap row [1x4]",
        () -> update(adam, m.row, m.row, state, rates));
    m.refuses(
        "update: state [2x4] must not overlap state [1x4]",
        () -> update(adam, m.row, state.rowRange(1, 1), state, rates));
    m.refuses(
        "update: state [2x4] must not overlap state [1x4]",
        () -> update(adam, state.rowRange(0, 1), grad, state, rates));
    m.refuses(
        "update Sgd: row [1x4], grad [1x4], row [1x4], a [3x4]",
        () -> update(new UpdateRule.Sgd(0, false), m.row, grad, m.row, m.a));
  }

  private void update(UpdateRule rule, Matrix w, Matrix grad, Matrix state, Matrix rates) {
    backend().update(rule, Penalty.NONE, PenaltyMethod.PROXIMAL, w, grad, state, rates);
  }

  /** A fusion refuses in the words of the operation whose rule is broken. */
  @Test
  default void refusalOfFusions() {
    Matrices m = matrices("refusalOfFusions");
    Matrix bias = m.slab.put("bias", 1, 5, new float[5]);
    Matrix w = m.slab.put("w", 4, 4, new float[16]);
    Activation f = Activation.RELU;
    m.refuses(
        "matmul AB: a [3x4] x c [3x5] -> c [3x5]", () -> backend().dense(m.a, m.c, bias, f, m.c));
    m.refuses(
        "matmul A'B: a [3x4] x c [3x5] -> a [3x4]",
        () -> backend().parameterGrad(m.a, m.c, m.a, bias));
    m.refuses(
        "matmul AB': c [3x5] x b [4x5] -> c [3x5]",
        () -> backend().inputGrad(m.c, m.b, f, m.a, m.c));
    m.refuses(
        "matmul: a [3x4] must not overlap a [3x4]", () -> backend().inputGrad(m.a, w, f, m.c, m.a));
    m.refuses(
        "penalty: row [1x4] -> column [3x1]",
        () ->
            backend()
                .penaltyAndUpdate(
                    new UpdateRule.Sgd(0, false),
                    Penalty.NONE,
                    PenaltyMethod.PROXIMAL,
                    m.row,
                    m.row,
                    m.row,
                    bias,
                    m.column));
  }
}
