package io.lariat.simd.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.backend.Matrix;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The functions against double, over every magnitude of argument. */
class VectorMathTest {

  @Test
  void sigmoidIsWithinTwoUlp() {
    check(Activation.SIGMOID, x -> 1 / (1 + Math.exp(-x)), 2.5);
  }

  @Test
  void tanhIsWithinTwoUlp() {
    check(Activation.TANH, Math::tanh, 2);
  }

  @Test
  void softplusIsWithinTwoUlp() {
    check(Activation.SOFTPLUS, x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), 2);
  }

  @Test
  void geluIsWithinSixUlp() {
    check(Activation.GELU, Activation.GELU::value, 6);
  }

  /** Where exp is subnormal before it is multiplied, of the smallest value for which it is not. */
  @Test
  void siluIsWithinThreeUlp() {
    check(Activation.SILU, x -> x / (1 + Math.exp(-x)), 3, 0x1p-119f);
  }

  @Test
  void eluIsWithinTwoUlp() {
    check(Activation.ELU, x -> x > 0 ? x : Math.expm1(x), 2);
  }

  private static void check(Activation f, DoubleUnaryOperator exact, double ulps) {
    check(f, exact, ulps, 0);
  }

  private static void check(Activation f, DoubleUnaryOperator exact, double ulps, float leastSize) {
    float[] xs = arguments();
    float[] ys = new float[xs.length];
    try (Backend backend = Backends.open("simd", new BackendOptions(1))) {
      Matrix x = Matrix.of("x", backend.allocate(xs.length), 1, xs.length);
      backend.write(xs, 0, x);
      backend.activate(f, x, x);
      backend.read(x, ys, 0);
    }
    double worst = 0;
    float worstAt = 0;
    for (int i = 0; i < xs.length; i++) {
      double expected = exact.applyAsDouble(xs[i]);
      float size = Math.max(Math.abs((float) expected), leastSize);
      double error = Math.abs(ys[i] - expected) / Math.ulp(size);
      if (!(error <= worst)) {
        worst = error;
        worstAt = xs[i];
      }
    }
    assertThat(worst).as("%s, worst at %s", f, worstAt).isLessThan(ulps);
  }

  /** Every 997th float between 2^-60 and 110, of both signs, and where formulas change. */
  private static float[] arguments() {
    int low = Float.floatToIntBits(0x1p-60f);
    int high = Float.floatToIntBits(110f);
    float[] xs = new float[(high - low) / 997 * 2];
    for (int i = 0; i < xs.length; i++) {
      float size = Float.intBitsToFloat(low + i / 2 * 997);
      xs[i] = i % 2 == 0 ? size : -size;
    }
    return xs;
  }
}
