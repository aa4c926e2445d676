package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Product;
import io.lariat.backend.SparseMatrix;
import io.lariat.backend.Storage;
import io.lariat.backend.UpdateRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sparse matrices times dense ones, and the thresholds of rows that steps have left out. */
interface SparseContract extends BackendUnderTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 1000})
  default void sparseMatmulIsTheDenseOne(int oneIn) {
    Slab slab = new Slab(backend(), Sample.of("sparseMatmulIsTheDenseOne" + oneIn), 1 << 18);
    for (int m : Cases.EDGES) {
      for (int k : Cases.EDGES) {
        for (int n : new int[] {1, 3, 4, 16, 17, 31, 64, 65, 127, 128, 129, 200}) {
          float[] a = sparse(slab.sample(), m * k, oneIn);
          float[] b = slab.sample().signed(k * n);
          multiply(slab, a, b, m, k, n);
        }
      }
    }
  }

  /** As much as is shared among threads. */
  @Test
  default void sparseMatmulOfALargeMatrix() {
    Slab slab = new Slab(backend(), Sample.of("sparseMatmulOfALargeMatrix"), 1 << 20);
    float[] a = sparse(slab.sample(), 301 * 1500, 9);
    float[] b = slab.sample().signed(1500 * 131);
    multiply(slab, a, b, 301, 1500, 131);
  }

  /** What comes twice counts twice, in any order; what is not there hides a NaN. */
  @Test
  default void sparseMatmulTakesItsElementsAsTheyLie() {
    Slab slab = new Slab(backend(), Sample.of("sparseMatmulTakesItsElementsAsTheyLie"));
    Matrix values = slab.put("values", 1, 5, 2, 3, 4, Float.NaN, Float.NaN); // room for two more
    Matrix b = slab.put("b", 3, 2, 1, 10, Float.NaN, Float.NaN, 5, 50);
    Matrix out = slab.out("out", 2, 2);
    SparseMatrix a =
        new SparseMatrix(
            "a", indices(0, 0, 3), indices(2, 0, 2, Integer.MAX_VALUE, -1), values, 2, 3);
    slab.run(() -> backend().matmul(a, b, out), out);
    assertThat(slab.get(out)).containsExactly(0, 0, 33, 330);
  }

  /** Refused, or contents of {@code out} that nobody defined; never anything outside it. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 28, -(1 << 28)})
  default void sparseMatmulStaysInside(int outside) {
    Slab slab = new Slab(backend(), Sample.of("sparseMatmulStaysInside"));
    Matrix values = slab.put("values", 1, 2, 2, 3);
    Matrix b = slab.put("b", 3, 2, slab.sample().signed(6));
    Matrix out = slab.out("out", 2, 2);
    int[][] starts = {{0, 1, 2}, {0, outside, 2}, {outside, 1, 2}, {0, 1, outside}, {0, 2, 1}};
    for (int i = 0; i < starts.length; i++) {
      int[] places = starts[i];
      int column = i == 0 ? outside : 1;
      SparseMatrix a = new SparseMatrix("a", indices(places), indices(0, column), values, 2, 3);
      slab.run(() -> allowRefusal(() -> backend().matmul(a, b, out)), out);
    }
  }

  private static void allowRefusal(Runnable operation) {
    try {
      operation.run();
    } catch (IndexOutOfBoundsException refused) {
      assertThat(refused)
          .hasMessage(
              "matmul sparse: a [2x3]: starts must ascend from 0 to at most 2 and columns be below"
                  + " 3");
    }
  }

  @Test
  default void sparseMatmulRefusesShapesThatDoNotFit() {
    Storage storage = backend().allocate(64);
    Matrix values = new Matrix("values", storage, 0, 1, 2);
    Matrix b = new Matrix("b", storage, 8, 3, 2);
    Matrix out = new Matrix("out", storage, 16, 2, 2);
    SparseMatrix a = new SparseMatrix("a", indices(0, 1, 2), indices(0, 1), values, 2, 3);
    assertThatThrownBy(() -> backend().matmul(a, out, b))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("matmul sparse: a [2x3] x out [2x2] -> b [3x2]");
    assertThatThrownBy(() -> backend().matmul(a, b, new Matrix("o", storage, 13, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("matmul sparse: o [2x2] must not overlap b [3x2]");
    assertThatThrownBy(() -> new SparseMatrix("a", indices(0, 1), indices(0, 1), values, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sparse matrix a [2x3]: 2 starts, 2 columns, values [1x2]");
    assertThatThrownBy(
            () ->
                backend().shrinkRows(new UpdateRule.Sgd(0, false), Penalty.l1(1), out, out, values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shrinkRows Sgd: out [2x2], out [2x2], values [1x2]");
  }

  /** The threshold of an update whose gradient and step are nothing, with each row's amount. */
  @Test
  default void shrinkRowsIsTheThresholdOfAnUpdate() {
    Slab slab = new Slab(backend(), Sample.of("shrinkRowsIsTheThresholdOfAnUpdate"));
    for (UpdateRule rule : Cases.RULES) {
      for (Penalty penalty : Cases.PENALTIES) {
        for (int cols : Cases.LENGTHS) {
          shrinks(slab, rule, penalty, cols);
        }
      }
    }
  }

  private void shrinks(Slab slab, UpdateRule rule, Penalty penalty, int cols) {
    slab.clear();
    Sample sample = slab.sample();
    int rows = 3;
    int n = rows * cols;
    float[] w = sample.withZeros(sample.uniform(n, -0.1, 0.1), 5);
    float[] state = sample.uniform(rule.stateRows() * n, 0, 0.5);
    float[] amounts = {0, 0.01f, 0.7f};
    Matrix weights = slab.put("w", rows, cols, w);
    Matrix s = rule.stateRows() > 0 ? slab.put("state", rule.stateRows(), n, state) : weights;
    Matrix a = slab.put("amounts", rows, 1, amounts);
    slab.run(() -> backend().shrinkRows(rule, penalty, weights, s, a), weights);
    for (int i = 0; i < rows; i++) {
      float[] part = Arrays.copyOfRange(w, i * cols, (i + 1) * cols);
      float[] actual = Arrays.copyOfRange(slab.get(weights), i * cols, (i + 1) * cols);
      if (i == 0) {
        RowsContract.assertSameBits("amount 0", actual, part);
        continue;
      }
      for (int j = 0; j < cols; j++) {
        // plain descent that does not move has this scale, and no state
        ExpectedUpdate expected =
            new ExpectedUpdate(
                new UpdateRule.Sgd(0, false),
                scaled(rule, penalty, state, n, i * cols + j),
                PenaltyMethod.PROXIMAL,
                new float[] {part[j]},
                new float[1],
                new float[0],
                new float[] {0, amounts[i], 1, 1, 0, 0, 0});
        expected.weights.check(rule + " " + penalty + ", " + sample, new float[] {actual[j]});
        assertThat(expected.cutOff[0] && actual[j] != 0).isFalse();
        assertThat(expected.kept[0] && actual[j] == 0).isFalse();
      }
    }
  }

  /** The penalty that, under plain descent, has the threshold of {@code rule} for weight e. */
  private static Penalty scaled(UpdateRule rule, Penalty penalty, float[] state, int n, int e) {
    double d =
        switch (rule) {
          case UpdateRule.Sgd _ -> 1;
          case UpdateRule.RmsProp r ->
              Math.max(
                  Math.sqrt(state[e] + r.epsilon()),
                  penalty.l1() * Math.min(0.1, Math.sqrt(1 - r.rho())));
          case UpdateRule.Adam r ->
              Math.max(
                  Math.sqrt(state[n + e]) + r.epsilon(),
                  penalty.l1() * Math.min(0.1, Math.sqrt(1 - r.beta2()) / (1 - r.beta1())));
        };
    return Penalty.elasticNet(penalty.l1() / d, penalty.l2() / d);
  }

  private void multiply(Slab slab, float[] a, float[] b, int m, int k, int n) {
    slab.clear();
    int[] starts = new int[m + 1];
    int[] columns = new int[a.length + 1];
    float[] values = new float[a.length + 1];
    int count = 0;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < k; j++) {
        if (a[i * k + j] != 0) {
          columns[count] = j;
          values[count++] = a[i * k + j];
        }
      }
      starts[i + 1] = count;
    }
    int room = Math.max(1, count);
    Matrix held = slab.put("values", 1, room, Arrays.copyOf(values, room));
    Matrix right = slab.put("b", k, n, b);
    Matrix out = slab.out("out", m, n);
    SparseMatrix left =
        new SparseMatrix("a", indices(starts), indices(Arrays.copyOf(columns, room)), held, m, k);
    slab.run(() -> backend().matmul(left, right, out), out);
    slab.check("matmul sparse", out, ExpectedProducts.matmul(Product.AB, a, b, m, k, n));
    left.starts().close();
    left.columns().close();
  }

  private static float[] sparse(Sample sample, int n, int oneIn) {
    float[] values = sample.signed(n);
    for (int i = 0; i < n; i++) {
      values[i] = sample.between(1, oneIn) == 1 ? values[i] : 0;
    }
    return values;
  }

  private Indices indices(int... values) {
    Indices indices = backend().allocateIndices(values.length);
    backend().write(values, 0, indices);
    return indices;
  }
}
