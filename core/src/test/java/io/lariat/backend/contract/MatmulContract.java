package io.lariat.backend.contract;

import io.lariat.backend.Matrix;
import io.lariat.backend.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The three matrix products. */
interface MatmulContract extends BackendUnderTest {

  @ParameterizedTest
  @EnumSource
  default void matmulHoldsAtTileEdges(Product product) {
    Slab slab = new Slab(backend(), Sample.of("matmulHoldsAtTileEdges" + product));
    for (int m : Cases.EDGES) {
      for (int k : Cases.EDGES) {
        for (int n : Cases.EDGES) {
          multiplySigned(slab, product, m, k, n);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  default void matmulHoldsForAnySizes(Product product) {
    Slab slab = new Slab(backend(), Sample.of("matmulHoldsForAnySizes" + product));
    Sample sample = slab.sample();
    for (int repeat = 0; repeat < 300; repeat++) {
      multiplySigned(
          slab, product, sample.between(1, 50), sample.between(1, 50), sample.between(1, 50));
    }
  }

  @ParameterizedTest
  @EnumSource
  default void matmulHoldsForLayers(Product product) {
    Slab slab = new Slab(backend(), Sample.of("matmulHoldsForLayers" + product), 1 << 20);
    for (int[] layer : Cases.LAYERS) {
      multiplySigned(slab, product, layer[0], layer[1], layer[2]);
    }
  }

  /** Whole numbers, small enough for every partial sum to be exact in any order. */
  @ParameterizedTest
  @EnumSource
  default void matmulOfWholeNumbersIsExact(Product product) {
    Slab slab = new Slab(backend(), Sample.of("matmulOfWholeNumbersIsExact" + product));
    Sample sample = slab.sample();
    for (int repeat = 0; repeat < 100; repeat++) {
      int m = sample.between(1, 70);
      int k = sample.between(1, 70);
      int n = sample.between(1, 70);
      float[] a = sample.whole(m * k, -99, 99);
      float[] b = sample.whole(k * n, -99, 99);
      Expected rounded = ExpectedProducts.matmul(product, a, b, m, k, n);
      Expected exact = new Expected(m * n);
      for (int i = 0; i < exact.size(); i++) {
        exact.exact(i, rounded.value(i));
      }
      multiply(slab, product, a, b, m, k, n, exact);
    }
  }

  @ParameterizedTest
  @EnumSource
  default void matmulKeepsNanAndInfinity(Product product) {
    Slab slab = new Slab(backend(), Sample.of("matmulKeepsNanAndInfinity" + product));
    Sample sample = slab.sample();
    float[] specials = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -0f
    };
    for (int size : new int[] {1, 3, 8, 17, 33}) {
      for (float special : specials) {
        float[] a = sample.withZeros(sample.signed(size * size), 3);
        float[] b = sample.withZeros(sample.signed(size * size), 3);
        float[] factor = sample.between(0, 1) == 0 ? a : b;
        factor[sample.between(0, size * size - 1)] = special;
        // the definition in double says where 0 * NaN and 0 * infinity make a NaN
        multiply(
            slab,
            product,
            a,
            b,
            size,
            size,
            size,
            ExpectedProducts.matmul(product, a, b, size, size, size));
      }
    }
  }

  /** Both factors may be the same matrix: {@code A'A}. */
  @Test
  default void matmulTakesTheSameFactorTwice() {
    Slab slab = new Slab(backend(), Sample.of("matmulTakesTheSameFactorTwice"));
    float[] x = slab.sample().signed(23 * 18);
    Matrix a = slab.put("a", 23, 18, x);
    Matrix out = slab.out("out", 18, 18);
    slab.run(() -> backend().matmul(Product.ATB, a, a, out), out);
    slab.check("A'A", out, ExpectedProducts.matmul(Product.ATB, x, x, 18, 23, 18));
  }

  private void multiplySigned(Slab slab, Product product, int m, int k, int n) {
    float[] a = slab.sample().signed(m * k);
    float[] b = slab.sample().signed(k * n);
    multiply(slab, product, a, b, m, k, n, ExpectedProducts.matmul(product, a, b, m, k, n));
  }

  private void multiply(
      Slab slab,
      Product product,
      float[] aValues,
      float[] bValues,
      int m,
      int k,
      int n,
      Expected expected) {
    slab.clear();
    Matrix a = product == Product.ATB ? slab.put("a", k, m, aValues) : slab.put("a", m, k, aValues);
    Matrix b = product == Product.ABT ? slab.put("b", n, k, bValues) : slab.put("b", k, n, bValues);
    Matrix out = slab.out("out", m, n);
    slab.run(() -> backend().matmul(product, a, b, out), out);
    slab.check(product.notation() + " over " + k, out, expected);
  }
}
