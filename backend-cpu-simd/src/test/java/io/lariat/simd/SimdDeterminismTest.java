package io.lariat.simd;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.Product;
import io.lariat.backend.UpdateRule;
import io.lariat.simd.products.BlockSizes;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the contract cannot know of this backend: bits that depend neither on threads nor on widths
 * nor on what is compiled already. Sizes are large enough to be shared among threads.
 */
class SimdDeterminismTest {

  private static float[] random(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat(-1, 1);
    }
    return values;
  }

  private static Matrix put(Backend backend, String name, int rows, int cols, float[] values) {
    Matrix matrix = Matrix.of(name, backend.allocate((long) rows * cols), rows, cols);
    backend.write(values, 0, matrix);
    return matrix;
  }

  private static float[] get(Backend backend, Matrix matrix) {
    float[] values = new float[(int) matrix.size()];
    backend.read(matrix, values, 0);
    return values;
  }

  /**
   * Every element is a chain of fma over k in ascending order, one for each block of the depth,
   * whatever tile it falls into.
   */
  @Test
  @Tag("width")
  void productsAreChainsOfFmaInOrder() {
    int[][] sizes = {
      {1, 5, 1},
      {1, 700, 49},
      {9, 3, 17},
      {13, 513, 66},
      {130, 1030, 47},
      {64, 90, 530},
      {600, 40, 100},
      {130, 70, 530},
      {530, 30, 600},
      {90, 90, 300}
    };
    for (int threads = 1; threads <= 3; threads++) {
      try (Backend backend = SimdContract.open(threads)) {
        for (int[] size : sizes) {
          for (Product product : Product.values()) {
            check(backend, product, size[0], size[1], size[2]);
          }
        }
      }
    }
  }

  private static void check(Backend backend, Product product, int m, int k, int n) {
    float[] a = random(m * k, 1);
    float[] b = random(k * n, 2);
    boolean isAtb = product == Product.ATB;
    boolean isAbt = product == Product.ABT;
    Matrix left = put(backend, "a", isAtb ? k : m, isAtb ? m : k, a);
    Matrix right = put(backend, "b", isAbt ? n : k, isAbt ? k : n, b);
    Matrix out = put(backend, "out", m, n, new float[m * n]);
    backend.matmul(product, left, right, out);
    float[] expected = new float[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        float total = 0;
        for (int q = 0; q < k; q++) {
          float x = isAtb ? a[q * m + i] : a[i * k + q];
          float y = isAbt ? b[j * k + q] : b[q * n + j];
          sum = Math.fma(x, y, sum);
          if (n > 1 && (q + 1) % BlockSizes.DEPTH == 0) {
            total += sum;
            sum = 0;
          }
        }
        expected[i * n + j] = total + sum;
      }
    }
    assertThat(get(backend, out))
        .as("%s %dx%dx%d", product.notation(), m, k, n)
        .isEqualTo(expected);
    left.storage().close();
    right.storage().close();
    out.storage().close();
  }

  /** The library's functions give other bits before C2 has compiled them; ours must not. */
  @Test
  void functionsGiveTheSameBitsBeforeAndAfterCompilation() {
    int n = 1000;
    float[] values = random(n, 3);
    for (int i = 0; i < n; i++) {
      values[i] *= 30;
    }
    try (Backend backend = Backends.open("simd", new BackendOptions(1))) {
      Matrix x = put(backend, "x", 10, n / 10, values);
      Matrix y = put(backend, "y", 10, n / 10, values);
      for (Activation f : Activation.values()) {
        backend.activate(f, x, y);
        float[] first = get(backend, y);
        for (int i = 0; i < 20_000; i++) {
          backend.activate(f, x, y);
        }
        assertThat(get(backend, y)).as(f.toString()).isEqualTo(first);
      }
    }
  }

  @Test
  @Tag("width")
  void largeOperationsGiveTheSameBitsForEveryNumberOfThreads() {
    float[] values = random(501 * 333, 4);
    float[][] first = new float[5][];
    for (int threads = 1; threads <= 4; threads++) {
      try (Backend backend = SimdContract.open(threads)) {
        Matrix x = put(backend, "x", 501, 333, values);
        Matrix y = put(backend, "y", 501, 333, values);
        Matrix sums = put(backend, "sums", 1, 333, new float[333]);
        Matrix penalty = put(backend, "penalty", 1, 1, new float[1]);
        backend.sumRows(x, sums);
        Matrix rates =
            put(backend, "rates", 1, UpdateRule.RATES, new float[] {0, 0, 1, 1, 0, 0, 0});
        backend.penalty(Penalty.elasticNet(0.1, 0.2), rates, x, penalty);
        float[][] found = new float[5][];
        found[0] = get(backend, sums);
        found[1] = get(backend, penalty);
        backend.activate(Activation.SOFTMAX, x, y);
        found[2] = get(backend, y);
        backend.activate(Activation.SOFTPLUS, x, y);
        found[3] = get(backend, y);
        backend.activateGrad(Activation.SOFTMAX, x, y);
        found[4] = get(backend, y);
        for (int i = 0; i < first.length; i++) {
          if (threads == 1) {
            first[i] = found[i];
          }
          assertThat(found[i]).as("result %d of %d threads", i, threads).isEqualTo(first[i]);
        }
      }
    }
  }
}
