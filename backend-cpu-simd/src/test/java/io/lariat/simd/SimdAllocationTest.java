package io.lariat.simd;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.backend.BinaryCrossEntropy;
import io.lariat.backend.CategoricalCrossEntropy;
import io.lariat.backend.Indices;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;
import io.lariat.backend.MeanSquaredError;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Product;
import io.lariat.backend.Recording;
import io.lariat.backend.RowGroups;
import io.lariat.backend.UpdateRule;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * No operation makes garbage once it is compiled: a vector that C2 failed to keep in a register
 * would be an object of some 100 bytes, a million of them a step.
 */
class SimdAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Less than one object a call. */
  private static final double LIMIT = 8;

  private static final int CALLS = 200;
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  @Test
  void compiledOperationsMakeNoGarbage() {
    try (Backend backend = Backends.open("simd", new BackendOptions(2))) {
      Map<String, Runnable> operations = operations(backend);
      List<String> failures = new ArrayList<>();
      operations.forEach(
          (name, operation) -> {
            double bytes = settle(operation);
            if (bytes > LIMIT) {
              failures.add(String.format(Locale.ROOT, "%s: %.0f bytes a call", name, bytes));
            }
          });
      assertThat(failures).isEmpty();
    }
  }

  /** All operations as one recorded step, whether the caller does it alone or not. */
  @Test
  void tenThousandReplaysMakeNoGarbage() {
    try (Backend backend = Backends.open("simd", new BackendOptions(2))) {
      Map<String, Runnable> operations = operations(backend);
      try (Recording step = backend.record(() -> operations.values().forEach(Runnable::run))) {
        settle(step::replay);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long bytes;
        do { // once more if the compilers were not done yet
          long before = THREADS.getCurrentThreadAllocatedBytes();
          for (int i = 0; i < 10_000; i++) {
            step.replay();
          }
          bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        } while (bytes > 0 && System.nanoTime() < deadline);
        assertThat(bytes).as("bytes in 10,000 replays").isZero();
      }
    }
  }

  /** Bytes a call, all threads together, once that is next to nothing or patience is at its end. */
  private static double settle(Runnable operation) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    double bytes;
    do {
      long before = THREADS.getTotalThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        operation.run();
      }
      bytes = (double) (THREADS.getTotalThreadAllocatedBytes() - before) / CALLS;
    } while (bytes > LIMIT && System.nanoTime() < deadline);
    return bytes;
  }

  /** Every operation, at sizes with a tail, one thread's worth of work and two threads' worth. */
  private static Map<String, Runnable> operations(Backend b) {
    Map<String, Runnable> all = new LinkedHashMap<>();
    Matrix x = matrix(b, "x", 135, 77);
    Matrix w = matrix(b, "w", 77, 43);
    Matrix bias = matrix(b, "bias", 1, 43);
    Matrix y = matrix(b, "y", 135, 43);
    Matrix out = matrix(b, "out", 135, 43);
    Matrix wGrad = matrix(b, "wGrad", 77, 43);
    Matrix biasGrad = matrix(b, "biasGrad", 1, 43);
    Matrix xGrad = matrix(b, "xGrad", 135, 77);
    for (Activation f : Activation.values()) {
      all.put("dense " + f, () -> b.dense(x, w, bias, f, out));
      all.put("inputGrad " + f, () -> b.inputGrad(y, w, f, x, xGrad));
    }
    all.put("parameterGrad", () -> b.parameterGrad(x, y, wGrad, biasGrad));
    Matrix bigX = matrix(b, "bigX", 300, 301);
    Matrix bigW = matrix(b, "bigW", 301, 302);
    Matrix bigY = matrix(b, "bigY", 300, 302);
    all.put("matmul on two threads", () -> b.matmul(Product.AB, bigX, bigW, bigY));
    all.put("activate on two threads", () -> b.activate(Activation.TANH, bigX, bigX));
    Matrix column = matrix(b, "column", 77, 1);
    Matrix logit = matrix(b, "logit", 135, 1);
    all.put("matmul by a vector", () -> b.matmul(Product.AB, x, column, logit));

    Matrix rowLosses = matrix(b, "rowLosses", 135, 2);
    Matrix classes = Matrix.of("classes", b.allocate(135), 135, 1);
    Matrix logitGrad = matrix(b, "logitGrad", 135, 43);
    for (Loss loss :
        List.of(new BinaryCrossEntropy(), new CategoricalCrossEntropy(), new MeanSquaredError())) {
      Matrix targets = loss instanceof CategoricalCrossEntropy ? classes : y;
      all.put("loss " + loss, () -> b.rowLossesAndGrad(loss, out, targets, rowLosses, logitGrad));
      all.put("rowLosses " + loss, () -> b.rowLosses(loss, out, targets, rowLosses));
    }

    Matrix weights = matrix(b, "weights", 1, 3311);
    Matrix grad = matrix(b, "grad", 1, 3311);
    Matrix state = matrix(b, "state", 2, 3311);
    Matrix rates = matrix(b, "rates", 1, UpdateRule.RATES);
    Matrix sum = matrix(b, "sum", 1, 1);
    Penalty net = Penalty.elasticNet(1e-3, 1e-3);
    List<UpdateRule> rules =
        List.of(
            new UpdateRule.Sgd(0, false),
            new UpdateRule.Sgd(0.9, true),
            new UpdateRule.RmsProp(0.9, 1e-7),
            new UpdateRule.Adam(0.9, 0.999, 1e-7));
    for (UpdateRule rule : rules) {
      for (PenaltyMethod method : PenaltyMethod.values()) {
        Matrix used = rule.stateRows() == 1 ? state.rowRange(0, 1) : state;
        all.put(
            rule + " " + method,
            () -> b.penaltyAndUpdate(rule, net, method, weights, grad, used, rates, sum));
      }
    }

    addGroups(all, b, rules);
    Indices rows = b.allocateIndices(135);
    Indices key = rows.range(0, 1);
    Matrix batch = matrix(b, "batch", 135, 301);
    Matrix zeros = matrix(b, "zeros", 135, 1);
    all.put("gatherRows", () -> b.gatherRows(bigX, rows, batch));
    all.put("dropout", () -> b.dropout(0.5, key, x, xGrad));
    all.put("countZeros", () -> b.countZeros(x, zeros));
    all.put("copy", () -> b.copy(x, xGrad));
    return all;
  }

  /** Updates of a kernel in groups of one row and of several, one of them without a penalty. */
  private static void addGroups(Map<String, Runnable> all, Backend b, List<UpdateRule> rules) {
    Matrix kernel = matrix(b, "kernel", 77, 43);
    Matrix grad = matrix(b, "kernelGrad", 77, 43);
    Matrix state = matrix(b, "kernelState", 2, 77 * 43);
    Matrix rates = matrix(b, "rates", 1, UpdateRule.RATES);
    Matrix sum = matrix(b, "sum", 1, 1);
    Indices starts = b.allocateIndices(5);
    b.write(new int[] {0, 1, 2, 7, 77}, 0, starts);
    Matrix factors = matrix(b, "factors", 4, 1); // the first is 0
    RowGroups groups = new RowGroups(starts, factors, 77);
    Penalty penalty = new Penalty(1e-3, 1e-3, 1e-3);
    all.put("penalty of groups", () -> b.penalty(penalty, groups, rates, kernel, sum));
    for (UpdateRule rule : rules) {
      for (PenaltyMethod method : PenaltyMethod.values()) {
        Matrix used = rule.stateRows() == 1 ? state.rowRange(0, 1) : state;
        all.put(
            "groups " + rule + " " + method,
            () -> b.update(rule, penalty, method, groups, kernel, grad, used, rates));
      }
    }
  }

  private static Matrix matrix(Backend backend, String name, int rows, int cols) {
    Matrix matrix = Matrix.of(name, backend.allocate((long) rows * cols), rows, cols);
    float[] values = new float[rows * cols];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 31 % 64) / 64f;
    }
    backend.write(values, 0, matrix);
    return matrix;
  }
}
