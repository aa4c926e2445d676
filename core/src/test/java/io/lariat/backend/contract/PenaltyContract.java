package io.lariat.backend.contract;

import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.contract.Cases.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The penalty on weights, and counting the zeros that it made. */
interface PenaltyContract extends BackendUnderTest {

  /** Each kind alone and both; sizes as they are used and far from it. */
  List<Penalty> PENALTIES =
      List.of(
          Penalty.NONE,
          Penalty.l1(1e-3),
          Penalty.l1(7),
          Penalty.l2(1e-3),
          Penalty.elasticNet(0.01, 0.3));

  @Test
  default void penaltyHolds() {
    Slab slab = new Slab(backend(), Sample.of("penaltyHolds"));
    for (Shape shape : Cases.SHAPES) {
      for (Penalty penalty : PENALTIES) {
        slab.clear();
        float[] values = slab.sample().withZeros(slab.sample().signed(shape.size()), 4);
        Matrix w = slab.put("w", shape.rows(), shape.cols(), values);
        Matrix out = slab.out("out", 1, 1);
        Matrix rates = slab.rates();
        slab.run(() -> backend().penalty(penalty, rates, w, out), out);
        slab.check(penalty + " of " + w.describe(), out, penalty(penalty, values));
      }
    }
  }

  @Test
  default void penaltyIsTimesTheStrengths() {
    Slab slab = new Slab(backend(), Sample.of("penaltyIsTimesTheStrengths"));
    for (Penalty penalty : PENALTIES) {
      slab.clear();
      float[] values = slab.sample().signed(70);
      Matrix w = slab.put("w", 7, 10, values);
      Matrix rates = slab.rates(Float.NaN, Float.NaN, 0.25f, 4);
      Matrix out = slab.out("out", 1, 1);
      slab.run(() -> backend().penalty(penalty, rates, w, out), out);
      Penalty inForce = new Penalty(0.25 * penalty.l1(), 4 * penalty.l2());
      slab.check(penalty + " at other strengths", out, penalty(inForce, values));
    }
  }

  @Test
  default void penaltyKeepsNan() {
    Slab slab = new Slab(backend(), Sample.of("penaltyKeepsNan"));
    Matrix w = slab.put("w", 1, 5, 1, 2, Float.NaN, 4, 5);
    Matrix out = slab.out("out", 1, 1);
    Matrix rates = slab.rates();
    slab.run(() -> backend().penalty(Penalty.elasticNet(0.1, 0.1), rates, w, out), out);
    slab.check("penalty", out, Expected.exactly(Float.NaN));
  }

  @Test
  default void countZerosCountsBothZerosAndNothingElse() {
    Slab slab = new Slab(backend(), Sample.of("countZerosCountsBothZerosAndNothingElse"));
    for (Shape shape : Cases.SHAPES) {
      slab.clear();
      float[] values = slab.sample().withZeros(slab.sample().signed(shape.size()), 3);
      values[slab.sample().between(0, values.length - 1)] = Float.NaN;
      values[slab.sample().between(0, values.length - 1)] = Float.MIN_NORMAL;
      values[slab.sample().between(0, values.length - 1)] = -1e-30f;
      Matrix x = slab.put("x", shape.rows(), shape.cols(), values);
      Matrix out = slab.out("out", shape.rows(), 1);
      slab.run(() -> backend().countZeros(x, out), out);
      float[] zeros = new float[shape.rows()];
      for (int e = 0; e < values.length; e++) {
        zeros[e / shape.cols()] += values[e] == 0 ? 1 : 0;
      }
      slab.check("countZeros", out, Expected.exactly(zeros));
    }
  }

  /** Two sums of n terms, each term of at most three roundings. */
  static Expected penalty(Penalty penalty, float[] w) {
    double value = 0;
    for (float weight : w) {
      value += penalty.l1() * Math.abs(weight) + penalty.l2() * weight * weight;
    }
    Expected expected = new Expected(1);
    expected.set(0, value, 2 * (w.length + 4) * Expected.UNIT * value);
    return expected;
  }
}
