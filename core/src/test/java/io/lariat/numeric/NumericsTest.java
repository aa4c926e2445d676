package io.lariat.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The minimiser and the linear algebra that selection needs. */
class NumericsTest {

  @Test
  void lbfgsFindsTheBottomOfRosenbrocksValley() {
    double[] w = {-1.2, 1, -1.2, 1};
    Lbfgs lbfgs =
        new Lbfgs(
            (v, g) -> {
              double value = 0;
              for (int i = 0; i < 4; i += 2) {
                double a = 1 - v[i];
                double b = v[i + 1] - v[i] * v[i];
                value += a * a + 100 * b * b;
                g[i] = -2 * a - 400 * v[i] * b;
                g[i + 1] = 200 * b;
              }
              return value;
            });
    assertThat(lbfgs.minimize(w, 500, 0)).isLessThan(1e-20);
    assertThat(w).containsExactly(new double[] {1, 1, 1, 1}, within(1e-9));
    assertThat(lbfgs.evaluations()).isLessThan(200);
  }

  private static double[][] symmetric(int n, int rank) {
    RandomGenerator random = new SplittableRandom(n);
    double[][] f = new double[n][rank];
    for (double[] row : f) {
      Arrays.setAll(row, k -> random.nextGaussian());
    }
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = Vectors.dot(f[i], f[j]);
      }
    }
    return a;
  }

  @Test
  void choleskySolvesAndKnowsTheRank() {
    double[][] a = symmetric(7, 9);
    double[][] z = new double[7][7];
    for (int i = 0; i < 7; i++) {
      z[i] = a[i].clone();
    }
    Cholesky.of(a).solve(z);
    for (int i = 0; i < 7; i++) {
      for (int j = 0; j < 7; j++) {
        assertThat(z[i][j]).isCloseTo(i == j ? 1 : 0, within(1e-9));
      }
    }
    Cholesky flat = Cholesky.of(symmetric(7, 4));
    assertThat(flat.rank()).isEqualTo(4);
    double[] unit = new double[7];
    unit[0] = 1;
    assertThat(flat.multiply(0, unit)).isCloseTo(Math.sqrt(symmetric(7, 4)[0][0]), within(1e-12));
  }

  @Test
  void eigenvectorsReproduceTheMatrixLargestFirst() {
    double[][] a = symmetric(6, 8);
    a[0][0] -= 40; // a negative eigenvalue
    double[][] copy = new double[6][];
    Arrays.setAll(copy, i -> a[i].clone());
    SymmetricEigen eigen = new SymmetricEigen(copy);
    assertThat(eigen.size()).isEqualTo(6);
    for (int i = 0; i < 6; i++) {
      assertThat(i == 0 || Math.abs(eigen.value(i)) <= Math.abs(eigen.value(i - 1))).isTrue();
      for (int r = 0; r < 6; r++) {
        double product = 0;
        for (int c = 0; c < 6; c++) {
          product += a[r][c] * eigen.component(i, c);
        }
        assertThat(product).isCloseTo(eigen.value(i) * eigen.component(i, r), within(1e-9));
      }
    }
  }
}
