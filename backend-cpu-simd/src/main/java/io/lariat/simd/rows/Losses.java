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

import io.lariat.backend.BinaryCrossEntropy;
import io.lariat.backend.ElementLoss;
import io.lariat.backend.Matrix;
import io.lariat.backend.MeanSquaredError;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.Job;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * The losses that go element by element: each row's score, the gradient of the batch's mean, or
 * both while the logits are in the first-level cache. {@link CategoricalLoss} goes by rows.
 */
public final class Losses extends Job {
  private static final FloatVector ZERO = FloatVector.zero(FLOATS);
  private static final FloatVector HALF = broadcast(FLOATS, 0.5f);
  private static final FloatVector ONE = broadcast(FLOATS, 1f);

  private ElementLoss loss = new MeanSquaredError();
  private MemorySegment logits = MemorySegment.NULL;
  private MemorySegment targets = MemorySegment.NULL;
  private MemorySegment scores = MemorySegment.NULL;
  private MemorySegment grad = MemorySegment.NULL;
  private long logitsAt;
  private long targetsAt;
  private long scoresAt;
  private long gradAt;
  private int rows;
  private int cols;
  private boolean wantsScores;
  private boolean wantsGrad;

  /**
   * Sets up binary cross-entropy or the squared error.
   *
   * @param out where the scores go, {@code [rows x 2]}; null for none
   * @param gradient where the gradient goes; null for none
   */
  public Losses of(
      ElementLoss which, Matrix z, Matrix y, @Nullable Matrix out, @Nullable Matrix gradient) {
    loss = which;
    logits = SimdStorage.memory(z);
    logitsAt = SimdStorage.at(z);
    targets = SimdStorage.memory(y);
    targetsAt = SimdStorage.at(y);
    wantsScores = out != null;
    if (out != null) {
      scores = SimdStorage.memory(out);
      scoresAt = SimdStorage.at(out);
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
    long row = begin(rows, 1, part, parts);
    long from = row * cols;
    long end = begin(rows, 1, part + 1, parts) * cols;
    float factor = (float) (1.0 / ((double) rows * cols));
    double lossOfRow = 0;
    double metricOfRow = 0;
    int col = 0;
    while (from < end) {
      int n = (int) Math.min(Scratch.BUFFER_FLOATS, end - from);
      long z = logitsAt + from * FLOAT;
      long y = targetsAt + from * FLOAT;
      if (wantsScores) {
        switch (loss) {
          case BinaryCrossEntropy _ -> {
            Activations.expOfMagnitude(logits, z, scratch.memory, n, -1);
            VectorMath.log1pOfFraction(
                scratch.memory, Scratch.FIRST, scratch.memory, Scratch.FIRST, n);
            finishBinaryScores(logits, z, targets, y, scratch.memory, n);
          }
          case MeanSquaredError _ -> squaredScores(logits, z, targets, y, scratch.memory, n);
        }
        for (int i = 0; i < n; i++) {
          lossOfRow += scratch.memory.get(FLOAT_LAYOUT, Scratch.FIRST + i * FLOAT);
          metricOfRow += scratch.memory.get(FLOAT_LAYOUT, Scratch.SECOND + i * FLOAT);
          if (++col == cols) {
            setScore(row++, lossOfRow / cols, metricOfRow / cols);
            lossOfRow = 0;
            metricOfRow = 0;
            col = 0;
          }
        }
      }
      if (wantsGrad) { // last, because it may overwrite the logits
        long g = gradAt + from * FLOAT;
        switch (loss) {
          case BinaryCrossEntropy _ -> {
            Activations.sigmoid(logits, z, scratch.memory, Scratch.FIRST, n, scratch.memory);
            gap(scratch.memory, Scratch.FIRST, targets, y, grad, g, n, factor);
          }
          case MeanSquaredError _ -> gap(logits, z, targets, y, grad, g, n, 2 * factor);
        }
      }
      from += n;
    }
  }

  private void setScore(long row, double rowLoss, double rowMetric) {
    long at = scoresAt + row * 2 * FLOAT;
    scores.set(FLOAT_LAYOUT, at, (float) rowLoss);
    scores.set(FLOAT_LAYOUT, at + FLOAT, (float) rowMetric);
  }

  /**
   * Loss and metric of each element into the two buffers of {@code scratch}, the first of which
   * holds {@code log(1 + e^-|z|)}. Whole vectors: the buffers have room.
   */
  private static void finishBinaryScores(
      MemorySegment zs, long z, MemorySegment ys, long y, MemorySegment scratch, int n) {
    MemorySegment a = NATIVE.cast(zs);
    MemorySegment b = NATIVE.cast(ys);
    MemorySegment c = NATIVE.cast(scratch);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector logit = fromMemorySegment(FLOATS, a, z + i * FLOAT, ORDER);
      FloatVector target = fromMemorySegment(FLOATS, b, y + i * FLOAT, ORDER);
      FloatVector rest = fromMemorySegment(FLOATS, c, Scratch.FIRST + i * FLOAT, ORDER);
      // max(z, 0) - z y first: for a confident right answer that is exactly 0
      FloatVector linear = logit.neg().fma(target, logit.blend(ZERO, logit.lt(ZERO)));
      VectorMask<Float> wrong = ZERO.lt(logit).xor(HALF.lt(target));
      linear.add(rest).intoMemorySegment(c, Scratch.FIRST + i * FLOAT, ORDER);
      ONE.blend(ZERO, wrong).intoMemorySegment(c, Scratch.SECOND + i * FLOAT, ORDER);
    }
  }

  private static void squaredScores(
      MemorySegment zs, long z, MemorySegment ys, long y, MemorySegment scratch, int n) {
    MemorySegment a = NATIVE.cast(zs);
    MemorySegment b = NATIVE.cast(ys);
    MemorySegment c = NATIVE.cast(scratch);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector target = fromMemorySegment(FLOATS, b, y + i * FLOAT, ORDER);
      FloatVector error = fromMemorySegment(FLOATS, a, z + i * FLOAT, ORDER).sub(target);
      error.mul(error).intoMemorySegment(c, Scratch.FIRST + i * FLOAT, ORDER);
      error.abs().intoMemorySegment(c, Scratch.SECOND + i * FLOAT, ORDER);
    }
  }

  /** {@code g = (p - y) * factor}. */
  private static void gap(
      MemorySegment ps,
      long p,
      MemorySegment ys,
      long y,
      MemorySegment gs,
      long g,
      int n,
      float factor) {
    MemorySegment a = NATIVE.cast(ps);
    MemorySegment b = NATIVE.cast(ys);
    MemorySegment c = NATIVE.cast(gs);
    FloatVector scale = broadcast(FLOATS, factor);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector target = fromMemorySegment(FLOATS, b, y + i * FLOAT, ORDER);
      FloatVector gap = fromMemorySegment(FLOATS, a, p + i * FLOAT, ORDER).sub(target).mul(scale);
      if (n - i >= COUNT) {
        gap.intoMemorySegment(c, g + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        gap.intoMemorySegment(c, g + i * FLOAT, ORDER, last);
      }
    }
  }
}
