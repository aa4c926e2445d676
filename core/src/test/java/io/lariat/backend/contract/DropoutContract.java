package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Dropout;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.contract.Cases.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dropout: the mask is a fixed function of key and place, the same on every backend. */
interface DropoutContract extends BackendUnderTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, 0.1, 0.25, 0.5, 0.8, 0.999})
  default void dropoutMaskIsTheHash(double rate) {
    Slab slab = new Slab(backend(), Sample.of("dropoutMaskIsTheHash" + rate));
    for (Shape shape : Cases.SHAPES) {
      for (int key : new int[] {0, -1, 20251123, slab.sample().between(1, 1 << 30)}) {
        slab.clear();
        float[] values = slab.sample().signed(shape.size());
        Matrix x = slab.put("x", shape.rows(), shape.cols(), values);
        Matrix out = slab.out("out", shape.rows(), shape.cols());
        Indices keys = key(key);
        slab.run(() -> backend().dropout(rate, keys, x, out), out);
        slab.check("dropout " + rate, out, masked(values, key, rate));
        slab.run(() -> backend().dropout(rate, keys, x, x), x);
        slab.check("dropout in place " + rate, x, masked(values, key, rate));
      }
    }
  }

  @Test
  default void dropoutOfRateZeroIsTheIdentity() {
    Slab slab = new Slab(backend(), Sample.of("dropoutOfRateZeroIsTheIdentity"));
    float[] values = slab.sample().withZeros(slab.sample().signed(1000), 5);
    Matrix x = slab.put("x", 10, 100, values);
    Matrix out = slab.out("out", 10, 100);
    slab.run(() -> backend().dropout(0, key(7), x, out), out);
    RowsContract.assertSameBits("dropout 0", slab.get(out), values);
  }

  /** What is dropped is zero even where the input is not a number. */
  @Test
  default void dropoutDropsNan() {
    Slab slab = new Slab(backend(), Sample.of("dropoutDropsNan"));
    float[] values = new float[100];
    Arrays.fill(values, Float.NaN);
    Matrix x = slab.put("x", 4, 25, values);
    Matrix out = slab.out("out", 4, 25);
    slab.run(() -> backend().dropout(0.5, key(3), x, out), out);
    slab.check("dropout of NaN", out, masked(values, 3, 0.5));
  }

  @Test
  default void dropoutDropsTheShareAskedFor() {
    Slab slab = new Slab(backend(), Sample.of("dropoutDropsTheShareAskedFor"));
    int n = 100_000;
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    for (double rate : new double[] {0.05, 0.3, 0.5, 0.9}) {
      slab.clear();
      Matrix x = slab.put("x", 100, 1000, ones);
      slab.run(() -> backend().dropout(rate, key(slab.sample().between(0, 1 << 30)), x, x), x);
      int dropped = 0;
      for (float value : slab.get(x)) {
        dropped += value == 0 ? 1 : 0;
      }
      double deviations = (dropped - n * rate) / Math.sqrt(n * rate * (1 - rate));
      assertThat(deviations).as("%s dropped of %s at %s", dropped, n, rate).isBetween(-5.0, 5.0);
    }
  }

  /** One product a kept element, so one right result. */
  private static Expected masked(float[] x, int key, double rate) {
    float[] expected = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      boolean kept = Dropout.keeps(key, i, Dropout.threshold(rate));
      expected[i] = kept ? x[i] * Dropout.scale(rate) : 0;
    }
    return Expected.exactly(expected);
  }

  private Indices key(int key) {
    Indices keys = backend().allocateIndices(3);
    backend().write(new int[] {99, key, 98}, 0, keys);
    return keys.range(1, 1);
  }
}
