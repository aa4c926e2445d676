package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Activation;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;
import io.lariat.backend.MeanSquaredError;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Product;
import io.lariat.backend.UpdateRule;
import io.lariat.backend.contract.Cases.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fused operations beside the composition of the same backend's own operations that they stand for.
 * Both are held to the same error bound around the double result, so that they agree within two.
 */
interface FusionContract extends BackendUnderTest {

  @ParameterizedTest
  @EnumSource
  default void fusedDenseIsItsComposition(Activation f) {
    Slab slab = new Slab(backend(), Sample.of("fusedDenseIsItsComposition" + f));
    for (int[] layer : Cases.FUSED_LAYERS) {
      int m = layer[0];
      int k = layer[1];
      int n = layer[2];
      slab.clear();
      // logits of size 1, whatever the depth
      double scale = 1.7 / Math.sqrt(k);
      float[] xs = slab.sample().signed(m * k);
      float[] ws = slab.sample().uniform(k * n, -scale, scale);
      float[] biases = slab.sample().signed(n);
      Matrix x = slab.put("x", m, k, xs);
      Matrix w = slab.put("w", k, n, ws);
      Matrix bias = slab.put("bias", 1, n, biases);
      Matrix fused = slab.out("fused", m, n);
      Matrix composed = slab.out("composed", m, n);
      slab.run(() -> backend().dense(x, w, bias, f, fused), fused);
      slab.run(
          () -> {
            backend().matmul(Product.AB, x, w, composed);
            backend().addBias(composed, bias, composed);
            backend().activate(f, composed, composed);
          },
          composed);
      Expected expected = ExpectedLayers.dense(f, xs, ws, biases, m, k, n);
      slab.check("dense " + f + " over " + k, fused, expected);
      slab.check("dense " + f + " over " + k, composed, expected);
    }
  }

  /** Also through relu, whose fused form may be a comparison that takes NaN for negative. */
  @ParameterizedTest
  @EnumSource
  default void fusedDenseKeepsNan(Activation f) {
    Slab slab = new Slab(backend(), Sample.of("fusedDenseKeepsNan" + f));
    float[] xs = slab.sample().signed(20 * 9);
    xs[5 * 9 + 3] = Float.NaN;
    xs[19 * 9] = Float.NaN;
    Matrix x = slab.put("x", 20, 9, xs);
    Matrix w = slab.put("w", 9, 37, new float[9 * 37]);
    Matrix bias = slab.put("bias", 1, 37, slab.sample().signed(37));
    Matrix out = slab.out("out", 20, 37);
    slab.run(() -> backend().dense(x, w, bias, f, out), out);
    float[] found = slab.get(out);
    for (int e = 0; e < found.length; e++) {
      boolean expected = e / 37 == 5 || e / 37 == 19;
      assertThat(Float.isNaN(found[e])).as("%s: element %d is NaN", f, e).isEqualTo(expected);
    }
  }

  @Test
  default void fusedParameterGradIsItsComposition() {
    Slab slab = new Slab(backend(), Sample.of("fusedParameterGradIsItsComposition"));
    for (int[] layer : Cases.FUSED_LAYERS) {
      int m = layer[1];
      int k = layer[0];
      int n = layer[2];
      slab.clear();
      float[] xs = slab.sample().signed(k * m);
      float[] grads = slab.sample().signed(k * n);
      Matrix x = slab.put("x", k, m, xs);
      Matrix grad = slab.put("grad", k, n, grads);
      Matrix wGrad = slab.out("wGrad", m, n);
      Matrix biasGrad = slab.out("biasGrad", 1, n);
      Matrix wComposed = slab.out("wComposed", m, n);
      Matrix biasComposed = slab.out("biasComposed", 1, n);
      slab.run(() -> backend().parameterGrad(x, grad, wGrad, biasGrad), wGrad, biasGrad);
      slab.run(
          () -> {
            backend().matmul(Product.ATB, x, grad, wComposed);
            backend().sumRows(grad, biasComposed);
          },
          wComposed,
          biasComposed);
      Expected ofKernel = ExpectedProducts.matmul(Product.ATB, xs, grads, m, k, n);
      slab.check("parameterGrad over " + k, wGrad, ofKernel);
      slab.check("parameterGrad over " + k, wComposed, ofKernel);
      Expected ofBias = ExpectedProducts.sumRows(grads, k, n);
      slab.check("parameterGrad over " + k, biasGrad, ofBias);
      slab.check("parameterGrad over " + k, biasComposed, ofBias);
    }
  }

  @ParameterizedTest
  @EnumSource
  default void fusedInputGradIsItsComposition(Activation f) {
    Slab slab = new Slab(backend(), Sample.of("fusedInputGradIsItsComposition" + f));
    for (int[] layer : Cases.FUSED_LAYERS) {
      int m = layer[0];
      int k = layer[1];
      int n = layer[2];
      slab.clear();
      float[] grads = slab.sample().signed(m * k);
      float[] ws = slab.sample().signed(n * k);
      float[] xs = slab.sample().uniform(m * n, -3, 3);
      float[] vs = ExpectedActivations.arguments(f, xs, m, n);
      Matrix grad = slab.put("grad", m, k, grads);
      Matrix w = slab.put("w", n, k, ws);
      Matrix v = slab.put("v", m, n, vs);
      Matrix fused = slab.out("fused", m, n);
      Matrix composed = slab.out("composed", m, n);
      slab.run(() -> backend().inputGrad(grad, w, f, v, fused), fused);
      slab.run(
          () -> {
            backend().matmul(Product.ABT, grad, w, composed);
            backend().activateGrad(f, v, composed);
          },
          composed);
      Expected expected = ExpectedLayers.inputGrad(f, grads, ws, vs, m, k, n);
      slab.check("inputGrad " + f + " over " + k, fused, expected);
      slab.check("inputGrad " + f + " over " + k, composed, expected);
    }
  }

  @ParameterizedTest
  @MethodSource("io.lariat.backend.contract.Cases#losses")
  default void fusedRowLossesAndGradIsItsComposition(Loss loss) {
    Slab slab = new Slab(backend(), Sample.of("fusedRowLossesAndGradIsItsComposition" + loss));
    for (Shape shape : Cases.SHAPES) {
      slab.clear();
      int rows = shape.rows();
      float[] z = slab.sample().uniform(shape.size(), -8, 8);
      float[] y = LossContract.targets(slab.sample(), loss, shape);
      Matrix logits = slab.put("logits", rows, shape.cols(), z);
      Matrix targets = slab.put("targets", rows, y.length / rows, y);
      Matrix rowLosses = slab.out("rowLosses", rows, 2);
      Matrix grad = slab.out("grad", rows, shape.cols());
      slab.run(
          () -> backend().rowLossesAndGrad(loss, logits, targets, rowLosses, grad),
          rowLosses,
          grad);
      slab.check(
          loss + " fused", rowLosses, ExpectedLosses.rowLosses(loss, z, y, rows, shape.cols()));
      slab.check(loss + "' fused", grad, ExpectedLosses.lossGrad(loss, z, y, rows, shape.cols()));
    }
  }

  @ParameterizedTest
  @EnumSource
  default void fusedPenaltyAndUpdateIsItsComposition(PenaltyMethod method) {
    Slab slab = new Slab(backend(), Sample.of("fusedPenaltyAndUpdateIsItsComposition" + method));
    Sample sample = slab.sample();
    for (UpdateRule rule : Cases.RULES) {
      for (Penalty penalty : Cases.PENALTIES) {
        for (int n : Cases.LENGTHS) {
          slab.clear();
          int stateRows = Math.max(rule.stateRows(), 1);
          Matrix w = slab.put("w", 1, n, sample.withZeros(sample.uniform(n, -0.05, 0.05), 4));
          Matrix grad = slab.put("grad", 1, n, sample.uniform(n, -0.3, 0.3));
          Matrix state = slab.put("state", stateRows, n, sample.uniform(stateRows * n, 0, 0.1));
          Matrix rates =
              slab.put("rates", 1, UpdateRule.RATES, UpdateContract.rates(rule, 0.01, 5, 0.3));
          Matrix out = slab.out("penalty", 1, 1);
          Expected sum = PenaltyContract.penalty(penalty, slab.get(w));
          ExpectedUpdate expected =
              new ExpectedUpdate(
                  rule,
                  penalty,
                  method,
                  slab.get(w),
                  slab.get(grad),
                  slab.get(state),
                  slab.get(rates));
          Matrix[] written =
              rule.stateRows() == 0 ? new Matrix[] {w, out} : new Matrix[] {w, out, state};
          slab.run(
              () -> backend().penaltyAndUpdate(rule, penalty, method, w, grad, state, rates, out),
              written);
          slab.check(rule + ", " + penalty, out, sum);
          slab.check(rule + ", " + penalty, w, expected.weights);
          if (rule.stateRows() > 0) {
            slab.check(rule + ", " + penalty, state, expected.newState);
          }
        }
      }
    }
  }

  /** The rule that only the second of its operations breaks stops a fusion before the first. */
  @Test
  default void fusedRefusalWritesNothing() {
    Slab slab = new Slab(backend(), Sample.of("fusedRefusalWritesNothing"));
    Matrix x = slab.put("x", 3, 4, slab.sample().signed(12));
    Matrix w = slab.put("w", 4, 5, slab.sample().signed(20));
    Matrix out = slab.out("out", 3, 5);
    Matrix wGrad = slab.out("wGrad", 4, 5);
    Matrix row = slab.put("row", 1, 4, slab.sample().signed(4));
    Matrix rowLosses = slab.out("rowLosses", 3, 2);
    Matrix one = slab.out("one", 1, 1);
    Matrix rates = slab.rates(1, 1, 1, 1);
    Loss mse = new MeanSquaredError();
    UpdateRule sgd = new UpdateRule.Sgd(0, false);
    refuses(
        slab,
        "addBias: out [3x5] + row [1x4] -> out [3x5]",
        () -> backend().dense(x, w, row, Activation.RELU, out));
    refuses(
        slab, "sumRows: out [3x5] -> row [1x4]", () -> backend().parameterGrad(x, out, wGrad, row));
    refuses(
        slab,
        "parameterGrad: wGrad [4x5] must not overlap wGrad [1x5]",
        () -> backend().parameterGrad(x, out, wGrad, wGrad.rowRange(1, 1)));
    Matrix square = slab.put("square", 4, 4, slab.sample().signed(16));
    Matrix xGrad = slab.out("xGrad", 3, 4);
    refuses(
        slab,
        "activateGrad RELU: out [3x5], xGrad [3x4]",
        () -> backend().inputGrad(x, square, Activation.RELU, out, xGrad));
    refuses(
        slab,
        "lossGrad mean_squared_error: x [3x4] -> out [3x5]",
        () -> backend().rowLossesAndGrad(mse, x, xGrad, rowLosses, out));
    refuses(
        slab,
        "rowLossesAndGrad: x [3x4] must not overlap x [3x4]",
        () -> backend().rowLossesAndGrad(mse, x, xGrad, rowLosses, x));
    refuses(
        slab,
        "update Sgd: row [1x4], x [3x4], row [1x4], rates [1x7]",
        () -> update(sgd, row, x, rates, one));
    refuses(
        slab,
        "penaltyAndUpdate: inside [1x1] must not overlap grad [1x4]",
        () -> {
          Matrix grad = new Matrix("grad", x.storage(), x.offset(), 1, 4);
          update(sgd, row, grad, rates, new Matrix("inside", x.storage(), x.offset() + 1, 1, 1));
        });
  }

  private void update(UpdateRule rule, Matrix w, Matrix grad, Matrix rates, Matrix penalty) {
    backend()
        .penaltyAndUpdate(rule, Penalty.NONE, PenaltyMethod.PROXIMAL, w, grad, w, rates, penalty);
  }

  private static void refuses(Slab slab, String message, Runnable call) {
    slab.run(
        () ->
            assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message));
  }
}
