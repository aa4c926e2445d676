package io.lariat.simd.rows;

import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.FLOAT_LAYOUT;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static io.lariat.simd.machine.Lanes.first;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.lariat.backend.Matrix;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.Job;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * Categorical cross-entropy, row by row: the score, the gradient of the batch's mean, or both from
 * the same exponentials.
 */
public final class CategoricalLoss extends Job {
  private MemorySegment logits = MemorySegment.NULL;
  private MemorySegment targets = MemorySegment.NULL;
  private MemorySegment rowLosses = MemorySegment.NULL;
  private MemorySegment grad = MemorySegment.NULL;
  private long logitsAt;
  private long targetsAt;
  private long lossesAt;
  private long gradAt;
  private int rows;
  private int cols;
  private boolean wantsRowLosses;
  private boolean wantsGrad;

  /**
   * Sets it up.
   *
   * @param y the classes' numbers, {@code [rows x 1]}
   * @param out where the row losses go, {@code [rows x 2]}; null for none
   * @param gradient where the gradient goes; null for none
   */
  public CategoricalLoss of(Matrix z, Matrix y, @Nullable Matrix out, @Nullable Matrix gradient) {
    logits = SimdStorage.memory(z);
    logitsAt = SimdStorage.at(z);
    targets = SimdStorage.memory(y);
    targetsAt = SimdStorage.at(y);
    wantsRowLosses = out != null;
    if (out != null) {
      rowLosses = SimdStorage.memory(out);
      lossesAt = SimdStorage.at(out);
    }
    wantsGrad = gradient != null;
    if (gradient != null) {
      grad = SimdStorage.memory(gradient);
      gradAt = SimdStorage.at(gradient);
    }
    rows = z.rows();
    cols = z.cols();
    reads(z, Split.ROWS);
    reads(y, Split.ROWS);
    if (out != null) {
      writes(out, Split.ROWS);
    }
    if (gradient != null) {
      writes(gradient, Split.ROWS);
    }
    return this;
  }

  @Override
  public void run(int part, int parts, Scratch scratch) {
    long end = begin(rows, 1, part + 1, parts);
    for (long i = begin(rows, 1, part, parts); i < end; i++) {
      row(i, scratch.memory);
    }
  }

  private void row(long i, MemorySegment scratch) {
    long z = logitsAt + i * cols * FLOAT;
    int target = target(targets.get(FLOAT_LAYOUT, targetsAt + i * FLOAT));
    float max = Softmax.max(logits, z, cols);
    // a class outside the columns: NaN is never a plausible loss
    float logit = target < 0 ? Float.NaN : logits.get(FLOAT_LAYOUT, z + target * FLOAT);
    int guess = wantsRowLosses ? firstEqual(logits, z, max, cols) : -1;
    float sum;
    if (wantsGrad) {
      long g = gradAt + i * cols * FLOAT;
      Softmax.exponentials(logits, z, max, grad, g, cols);
      sum = Softmax.sum(grad, g, cols, scratch);
      gradient(g, sum, target);
    } else {
      sum = sumOfExponentials(logits, z, max, cols, scratch);
    }
    if (wantsRowLosses) {
      long rowLoss = lossesAt + i * 2 * FLOAT;
      double loss = (double) max - logit + Math.log(sum);
      rowLosses.set(FLOAT_LAYOUT, rowLoss, (float) loss);
      rowLosses.set(FLOAT_LAYOUT, rowLoss + FLOAT, guess >= 0 && guess == target ? 1 : 0);
    }
  }

  /** The class as an index, -1 if there is no such class. */
  private int target(float y) {
    return y >= 0 && y < cols && y == (int) y ? (int) y : -1;
  }

  /** Turns the exponentials at {@code g} into {@code (p - onehot(target)) / rows}. */
  private void gradient(long g, float sum, int target) {
    float factor = (float) (1.0 / rows);
    float own = target < 0 ? 0 : grad.get(FLOAT_LAYOUT, g + target * FLOAT);
    scale(grad, g, sum, factor, cols);
    if (target >= 0) {
      grad.set(FLOAT_LAYOUT, g + target * FLOAT, (own / sum - 1) * factor);
    }
  }

  private static void scale(MemorySegment gs, long g, float divisor, float factor, int n) {
    MemorySegment b = NATIVE.cast(gs);
    FloatVector d = broadcast(FLOATS, divisor);
    FloatVector f = broadcast(FLOATS, factor);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector p = fromMemorySegment(FLOATS, b, g + i * FLOAT, ORDER).div(d).mul(f);
      if (n - i >= COUNT) {
        p.intoMemorySegment(b, g + i * FLOAT, ORDER);
      } else {
        p.intoMemorySegment(b, g + i * FLOAT, ORDER, first(n - i));
      }
    }
  }

  /** The sum of the exponentials, a buffer at a time. */
  private static float sumOfExponentials(
      MemorySegment xs, long x, float max, int n, MemorySegment scratch) {
    float sum = 0;
    for (int i = 0; i < n; i += Scratch.BUFFER_FLOATS) {
      int m = Math.min(Scratch.BUFFER_FLOATS, n - i);
      Softmax.exponentials(xs, x + i * FLOAT, max, scratch, Scratch.FIRST, m);
      sum += Softmax.sum(scratch, Scratch.FIRST, m, scratch);
    }
    return sum;
  }

  /** The first index of {@code value}, -1 if there is none (so for NaN). */
  private static int firstEqual(MemorySegment xs, long x, float value, int n) {
    MemorySegment a = NATIVE.cast(xs);
    for (int i = 0; i < n; i += COUNT) {
      VectorMask<Float> found = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER).eq(value);
      if (found.anyTrue()) {
        int index = i + found.firstTrue();
        return index < n ? index : -1;
      }
    }
    return -1;
  }
}
