package io.lariat.backend.contract;

import io.lariat.backend.Matrix;
import io.lariat.backend.contract.Cases.Shape;
import org.junit.jupiter.api.Test;

/** A layer's bias: adding it, and summing rows for its gradient. */
interface LayerContract extends BackendUnderTest {

  @Test
  default void addBiasHolds() {
    Slab slab = new Slab(backend(), Sample.of("addBiasHolds"));
    for (Shape shape : Cases.SHAPES) {
      slab.clear();
      float[] xs = slab.sample().signed(shape.size());
      float[] biases = slab.sample().signed(shape.cols());
      Matrix x = slab.put("x", shape.rows(), shape.cols(), xs);
      Matrix bias = slab.put("bias", 1, shape.cols(), biases);
      Matrix out = slab.out("out", shape.rows(), shape.cols());
      slab.run(() -> backend().addBias(x, bias, out), out);
      slab.check("addBias", out, sums(xs, biases));
      slab.run(() -> backend().addBias(x, bias, x), x);
      slab.check("addBias in place", x, sums(xs, biases));
    }
  }

  @Test
  default void addBiasKeepsNanAndInfinity() {
    Slab slab = new Slab(backend(), Sample.of("addBiasKeepsNanAndInfinity"));
    float infinity = Float.POSITIVE_INFINITY;
    float[] xs = {1, Float.NaN, infinity, 1, Float.MAX_VALUE, 1, 2, infinity, 3, 4};
    float[] biases = {Float.NaN, 1, -infinity, -infinity, Float.MAX_VALUE};
    Matrix x = slab.put("x", 2, 5, xs);
    Matrix bias = slab.put("bias", 1, 5, biases);
    Matrix out = slab.out("out", 2, 5);
    slab.run(() -> backend().addBias(x, bias, out), out);
    slab.check("addBias", out, sums(xs, biases));
  }

  @Test
  default void sumRowsHolds() {
    Slab slab = new Slab(backend(), Sample.of("sumRowsHolds"));
    for (Shape shape : Cases.SHAPES) {
      slab.clear();
      float[] xs = slab.sample().signed(shape.size());
      Matrix x = slab.put("x", shape.rows(), shape.cols(), xs);
      Matrix out = slab.out("out", 1, shape.cols());
      slab.run(() -> backend().sumRows(x, out), out);
      slab.check("sumRows", out, ExpectedProducts.sumRows(xs, shape.rows(), shape.cols()));
    }
  }

  @Test
  default void sumRowsKeepsNanAndInfinity() {
    Slab slab = new Slab(backend(), Sample.of("sumRowsKeepsNanAndInfinity"));
    float infinity = Float.POSITIVE_INFINITY;
    float[] xs = {Float.NaN, infinity, infinity, 1, 2, -infinity};
    Matrix x = slab.put("x", 2, 3, xs);
    Matrix out = slab.out("out", 1, 3);
    slab.run(() -> backend().sumRows(x, out), out);
    slab.check("sumRows", out, Expected.exactly(Float.NaN, infinity, Float.NaN));
  }

  /** {@code x + bias}: one addition, so one right result. */
  private static Expected sums(float[] x, float[] bias) {
    float[] sums = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      sums[i] = x[i] + bias[i % bias.length];
    }
    return Expected.exactly(sums);
  }
}
