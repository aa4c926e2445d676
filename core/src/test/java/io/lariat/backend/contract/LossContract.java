package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.BinaryCrossEntropy;
import io.lariat.backend.CategoricalCrossEntropy;
import io.lariat.backend.Huber;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;
import io.lariat.backend.MeanSquaredError;
import io.lariat.backend.Poisson;
import io.lariat.backend.Quantile;
import io.lariat.backend.contract.Cases.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses from logits: each row's loss and metric, and the gradient of the mean. */
interface LossContract extends BackendUnderTest {

  @ParameterizedTest
  @MethodSource("io.lariat.backend.contract.Cases#losses")
  default void lossHolds(Loss loss) {
    Slab slab = new Slab(backend(), Sample.of("lossHolds" + loss));
    for (List<Shape> shapes : List.of(Cases.SHAPES, Cases.BATCHES)) {
      for (Shape shape : shapes) {
        float[] z = slab.sample().withZeros(slab.sample().uniform(shape.size(), -8, 8), 9);
        checkLoss(slab, loss, shape, z, targets(slab.sample(), loss, shape));
      }
    }
  }

  /** Whole logits tie often; the first largest one is the answer. */
  @ParameterizedTest
  @MethodSource("io.lariat.backend.contract.Cases#losses")
  default void lossHoldsWhereLogitsTie(Loss loss) {
    Slab slab = new Slab(backend(), Sample.of("lossHoldsWhereLogitsTie" + loss));
    for (Shape shape : List.of(new Shape(64, 3), new Shape(50, 17), new Shape(40, 8))) {
      float[] z = slab.sample().whole(shape.size(), -1, 1);
      checkLoss(slab, loss, shape, z, targets(slab.sample(), loss, shape));
    }
  }

  @ParameterizedTest
  @MethodSource("io.lariat.backend.contract.Cases#losses")
  default void lossIsFiniteAtLargeLogits(Loss loss) {
    Slab slab = new Slab(backend(), Sample.of("lossIsFiniteAtLargeLogits" + loss));
    float[] z = {1e4f, -1e4f, 100, -100, 88, -88, 20, -20, 1e4f, 1e4f, -1e4f, -1e4f};
    for (Shape shape : List.of(new Shape(12, 1), new Shape(6, 2), new Shape(2, 6))) {
      for (int repeat = 0; repeat < 4; repeat++) {
        checkLoss(slab, loss, shape, z, targets(slab.sample(), loss, shape));
      }
    }
  }

  /** One NaN makes its row's loss NaN and no other row's. */
  @ParameterizedTest
  @MethodSource("io.lariat.backend.contract.Cases#losses")
  default void lossKeepsNan(Loss loss) {
    Slab slab = new Slab(backend(), Sample.of("lossKeepsNan" + loss));
    Shape shape = new Shape(19, 5);
    float[] z = slab.sample().uniform(shape.size(), -8, 8);
    z[3 * 5 + 1] = Float.NaN;
    z[18 * 5 + 4] = Float.NaN;
    float[] y = targets(slab.sample(), loss, shape);
    Matrix logits = slab.put("logits", 19, 5, z);
    Matrix targets = slab.put("targets", 19, y.length / 19, y);
    Matrix rowLosses = slab.out("rowLosses", 19, 2);
    Matrix grad = slab.out("grad", 19, 5);
    slab.run(() -> backend().rowLosses(loss, logits, targets, rowLosses), rowLosses);
    slab.run(() -> backend().lossGrad(loss, logits, targets, grad), grad);
    slab.check(loss + "'", grad, ExpectedLosses.lossGrad(loss, z, y, 19, 5));
    Expected expected = ExpectedLosses.rowLosses(loss, z, y, 19, 5);
    float[] found = slab.get(rowLosses);
    boolean isOfClasses =
        loss instanceof BinaryCrossEntropy || loss instanceof CategoricalCrossEntropy;
    if (isOfClasses) { // whether NaN is the right class is left open
      found[3 * 2 + 1] = (float) expected.value(3 * 2 + 1);
      found[18 * 2 + 1] = (float) expected.value(18 * 2 + 1);
    }
    expected.check(loss + ", " + slab.sample(), found);
  }

  /** A class that does not exist reads and writes nothing outside, whatever the result is. */
  @ParameterizedTest
  @ValueSource(floats = {-1, 3, 0.5f, 1e9f, -1e9f, 1e30f, Float.NaN, Float.NEGATIVE_INFINITY})
  default void lossOfAnImpossibleClassStaysInside(float impossible) {
    Slab slab = new Slab(backend(), Sample.of("lossOfAnImpossibleClassStaysInside"));
    Loss loss = new CategoricalCrossEntropy();
    Matrix logits = slab.put("logits", 2, 3, 1, 2, 3, 4, 5, 6);
    Matrix targets = slab.put("targets", 2, 1, impossible, 1);
    Matrix rowLosses = slab.out("rowLosses", 2, 2);
    Matrix grad = slab.out("grad", 2, 3);
    slab.run(
        () -> allowRefusal(() -> backend().rowLosses(loss, logits, targets, rowLosses)), rowLosses);
    slab.run(() -> allowRefusal(() -> backend().lossGrad(loss, logits, targets, grad)), grad);
  }

  @Test
  default void lossGradMayOverwriteTheLogits() {
    Slab slab = new Slab(backend(), Sample.of("lossGradMayOverwriteTheLogits"));
    for (Loss loss : Cases.losses()) {
      for (Shape shape : Cases.SHAPES) {
        slab.clear();
        float[] z = slab.sample().uniform(shape.size(), -3, 3);
        float[] y = targets(slab.sample(), loss, shape);
        Matrix logits = slab.put("logits", shape.rows(), shape.cols(), z);
        Matrix targets = slab.put("targets", shape.rows(), y.length / shape.rows(), y);
        slab.run(() -> backend().lossGrad(loss, logits, targets, logits), logits);
        slab.check(
            loss + "' in place",
            logits,
            ExpectedLosses.lossGrad(loss, z, y, shape.rows(), shape.cols()));
      }
    }
  }

  /** Targets that fit the loss: 0 or 1, class numbers, or any number. */
  static float[] targets(Sample sample, Loss loss, Shape shape) {
    return switch (loss) {
      case BinaryCrossEntropy _ -> sample.whole(shape.size(), 0, 1);
      case CategoricalCrossEntropy _ -> sample.whole(shape.rows(), 0, shape.cols() - 1);
      case MeanSquaredError _, Huber _, Quantile _ -> sample.uniform(shape.size(), -8, 8);
      case Poisson _ -> sample.whole(shape.size(), 0, 3);
    };
  }

  /** A backend that sees the classes may refuse; one on a device cannot. */
  private static void allowRefusal(Runnable operation) {
    try {
      operation.run();
    } catch (IllegalArgumentException | IndexOutOfBoundsException refused) {
      assertThat(refused).hasMessageContaining("class");
    }
  }

  private void checkLoss(Slab slab, Loss loss, Shape shape, float[] z, float[] y) {
    slab.clear();
    int rows = shape.rows();
    Matrix logits = slab.put("logits", rows, shape.cols(), z);
    Matrix targets = slab.put("targets", rows, y.length / rows, y);
    Matrix rowLosses = slab.out("rowLosses", rows, 2);
    Matrix grad = slab.out("grad", rows, shape.cols());
    slab.run(() -> backend().rowLosses(loss, logits, targets, rowLosses), rowLosses);
    slab.check(
        loss + " of " + logits.describe(),
        rowLosses,
        ExpectedLosses.rowLosses(loss, z, y, rows, shape.cols()));
    slab.run(() -> backend().lossGrad(loss, logits, targets, grad), grad);
    slab.check(loss + "'", grad, ExpectedLosses.lossGrad(loss, z, y, rows, shape.cols()));
  }
}
