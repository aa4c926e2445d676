package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Activation;
import io.lariat.backend.Matrix;
import io.lariat.backend.contract.Cases.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Activation functions and the gradients through them. */
interface ActivationContract extends BackendUnderTest {

  @ParameterizedTest
  @EnumSource
  default void activateHolds(Activation f) {
    Slab slab = new Slab(backend(), Sample.of("activateHolds" + f));
    for (Shape shape : Cases.SHAPES) {
      slab.clear();
      float[] x = slab.sample().uniform(shape.size(), -10, 10);
      activate(slab, f, shape, x);
    }
  }

  @ParameterizedTest
  @EnumSource
  default void activateHoldsInPlace(Activation f) {
    Slab slab = new Slab(backend(), Sample.of("activateHoldsInPlace" + f));
    for (Shape shape : Cases.SHAPES) {
      slab.clear();
      float[] values = slab.sample().uniform(shape.size(), -4, 4);
      Matrix x = slab.put("x", shape.rows(), shape.cols(), values);
      slab.run(() -> backend().activate(f, x, x), x);
      slab.check(
          f + " in place", x, ExpectedActivations.activate(f, values, shape.rows(), shape.cols()));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
  default void activateHoldsAtSpecialValues(Activation f) {
    Slab slab = new Slab(backend(), Sample.of("activateHoldsAtSpecialValues" + f));
    activate(slab, f, new Shape(1, Cases.SPECIALS.length), Cases.SPECIALS);
    // and one by one, where a vector's tail computes them
    slab.clear();
    activate(slab, f, new Shape(Cases.SPECIALS.length, 1), Cases.SPECIALS);
  }

  @Test
  default void activateSoftmaxHoldsAtSpecialValues() {
    Slab slab = new Slab(backend(), Sample.of("activateSoftmaxHoldsAtSpecialValues"));
    float infinity = Float.POSITIVE_INFINITY;
    float[] x = {
      1e30f,
      -1e30f,
      100, //
      -1e30f,
      -1e30f,
      -1e30f, //
      1e4f,
      1e4f,
      -1e4f, //
      100,
      -100,
      0, //
      -infinity,
      1,
      2, //
      0,
      -0f,
      Float.MIN_VALUE, //
      Float.NaN,
      1,
      2, //
      3,
      2,
      Float.NaN, //
      infinity,
      0,
      0, //
      1,
      2,
      3
    };
    activate(slab, Activation.SOFTMAX, new Shape(x.length / 3, 3), x);
    for (float special : Cases.SPECIALS) {
      slab.clear();
      float[] row = slab.sample().uniform(19, -2, 2);
      row[slab.sample().between(0, 18)] = special;
      activate(slab, Activation.SOFTMAX, new Shape(1, 19), row);
    }
    // a row of one is certain
    slab.clear();
    activate(slab, Activation.SOFTMAX, new Shape(3, 1), new float[] {-7, 0, 1e30f});
  }

  @ParameterizedTest
  @EnumSource
  default void activateGradHolds(Activation f) {
    Slab slab = new Slab(backend(), Sample.of("activateGradHolds" + f));
    for (Shape shape : Cases.SHAPES) {
      slab.clear();
      float[] x = slab.sample().uniform(shape.size(), -6, 6);
      activateGrad(slab, f, shape, x, slab.sample().signed(shape.size()));
    }
  }

  /** At the ends of an activation's range, and zero and minus zero for the kink of relu. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
  default void activateGradHoldsAtTheEndsOfTheRange(Activation f) {
    Slab slab = new Slab(backend(), Sample.of("activateGradHoldsAtTheEndsOfTheRange" + f));
    Shape shape =
        new Shape(1, Cases.SPECIALS.length - 4); // not infinities and NaN, whose 0 * inf varies
    float[] x = new float[shape.size()];
    System.arraycopy(Cases.SPECIALS, 0, x, 0, x.length);
    activateGrad(slab, f, shape, x, slab.sample().signed(shape.size()));
  }

  /** Far out a pre-activation may be infinite; its slope is the limit, not infinity times 0. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
  default void activateGradOfInfinityIsTheLimit(Activation f) {
    Slab slab = new Slab(backend(), Sample.of("activateGradOfInfinityIsTheLimit" + f));
    float[] far = {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY};
    float[] near = {-1e5f, 1e5f};
    Matrix v = slab.put("v", 1, 2, ExpectedActivations.arguments(f, far, 1, 2));
    Matrix grad = slab.put("grad", 1, 2, 3f, 3f);
    slab.run(() -> backend().activateGrad(f, v, grad), grad);
    float[] arguments = ExpectedActivations.arguments(f, near, 1, 2);
    slab.check(
        f + "'", grad, ExpectedActivations.activateGrad(f, arguments, new float[] {3, 3}, 1, 2));
  }

  /** At a kink the derivative is that of what is negative. */
  @Test
  default void activateGradAtTheKinkIsThatFromTheLeft() {
    Slab slab = new Slab(backend(), Sample.of("activateGradAtTheKinkIsThatFromTheLeft"));
    kink(slab, Activation.RELU, 0, -0f);
    kink(slab, Activation.LEAKY_RELU, 5 * 0.2f, -5 * 0.2f);
  }

  private void kink(Slab slab, Activation f, float at5, float atMinus5) {
    slab.clear();
    Matrix y = slab.put("y", 1, 4, 0f, -0f, Float.MIN_NORMAL, 2f);
    Matrix grad = slab.put("grad", 1, 4, 5f, -5f, 5f, -5f);
    slab.run(() -> backend().activateGrad(f, y, grad), grad);
    slab.check(f + "'", grad, Expected.exactly(at5, atMinus5, 5, -5));
  }

  @ParameterizedTest
  @EnumSource
  default void activateGradKeepsNan(Activation f) {
    Slab slab = new Slab(backend(), Sample.of("activateGradKeepsNan" + f));
    float[] x = slab.sample().uniform(17, 0.5, 1);
    float[] grad = slab.sample().signed(17);
    grad[2] = Float.NaN;
    grad[16] = Float.NaN;
    Matrix v = slab.put("v", 1, 17, ExpectedActivations.arguments(f, x, 1, 17));
    Matrix g = slab.put("grad", 1, 17, grad);
    slab.run(() -> backend().activateGrad(f, v, g), g);
    assertThat(slab.get(g)[2]).isNaN();
    assertThat(slab.get(g)[16]).isNaN();
  }

  private void activate(Slab slab, Activation f, Shape shape, float[] values) {
    Matrix x = slab.put("x", shape.rows(), shape.cols(), values);
    Matrix out = slab.out("out", shape.rows(), shape.cols());
    slab.run(() -> backend().activate(f, x, out), out);
    slab.check(
        f.toString(), out, ExpectedActivations.activate(f, values, shape.rows(), shape.cols()));
  }

  private void activateGrad(Slab slab, Activation f, Shape shape, float[] x, float[] g) {
    int rows = shape.rows();
    int cols = shape.cols();
    float[] arguments = ExpectedActivations.arguments(f, x, rows, cols);
    Matrix v = slab.put("v", rows, cols, arguments);
    Matrix grad = slab.put("grad", rows, cols, g);
    slab.run(() -> backend().activateGrad(f, v, grad), grad);
    slab.check(f + "'", grad, ExpectedActivations.activateGrad(f, arguments, g, rows, cols));
  }
}
