package io.lariat.simd.rows;

import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static io.lariat.simd.machine.Lanes.first;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.lariat.backend.BinaryCrossEntropy;
import io.lariat.backend.ElementLoss;
import io.lariat.backend.Huber;
import io.lariat.backend.MeanSquaredError;
import io.lariat.backend.Poisson;
import io.lariat.backend.Quantile;
import io.lariat.simd.machine.Scratch;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The arithmetic of {@link Losses}: elements of each {@link ElementLoss}, a cache full at a time.
 */
final class ElementLosses {
  private static final FloatVector ZERO = FloatVector.zero(FLOATS);
  private static final FloatVector HALF = broadcast(FLOATS, 0.5f);
  private static final FloatVector ONE = broadcast(FLOATS, 1f);

  private ElementLosses() {}

  /**
   * Loss and metric of {@code n} elements into the two buffers of {@code scratch}, in whole
   * vectors: all memory has room.
   */
  static void rowLosses(
      ElementLoss loss,
      MemorySegment logits,
      long z,
      MemorySegment targets,
      long y,
      MemorySegment scratch,
      int n) {
    switch (loss) {
      case BinaryCrossEntropy _ -> {
        Activations.expOfMagnitude(logits, z, scratch, n, -1);
        VectorMath.log1pOfFraction(scratch, Scratch.FIRST, scratch, Scratch.FIRST, n);
        finishBinaryRowLosses(logits, z, targets, y, scratch, n);
      }
      case Huber huber -> huberRowLosses((float) huber.delta(), logits, z, targets, y, scratch, n);
      case MeanSquaredError _ -> squaredRowLosses(logits, z, targets, y, scratch, n);
      case Poisson _ -> {
        VectorMath.exp(logits, z, scratch, Scratch.FIRST, n);
        VectorMath.log(targets, y, scratch, Scratch.SECOND, n);
        finishPoissonRowLosses(logits, z, targets, y, scratch, n);
      }
      case Quantile quantile ->
          quantileRowLosses((float) quantile.level(), logits, z, targets, y, scratch, n);
    }
  }

  /**
   * {@code factor} times the derivative of {@code n} elements' losses by their logits; it may
   * overwrite them, and uses the first buffer of {@code scratch}.
   */
  static void gradient(
      ElementLoss loss,
      MemorySegment logits,
      long z,
      MemorySegment targets,
      long y,
      MemorySegment grad,
      long g,
      int n,
      float factor,
      MemorySegment scratch) {
    switch (loss) {
      case BinaryCrossEntropy _ -> {
        Activations.sigmoid(logits, z, scratch, Scratch.FIRST, n, scratch);
        gap(scratch, Scratch.FIRST, targets, y, grad, g, n, factor);
      }
      case Huber huber -> {
        float most = (float) huber.delta();
        clippedGap(-most, most, logits, z, targets, y, grad, g, n, factor);
      }
      case MeanSquaredError _ -> gap(logits, z, targets, y, grad, g, n, 2 * factor);
      case Poisson _ -> {
        VectorMath.exp(logits, z, scratch, Scratch.FIRST, n);
        gap(scratch, Scratch.FIRST, targets, y, grad, g, n, factor);
      }
      case Quantile quantile ->
          quantileGradient((float) quantile.level(), logits, z, targets, y, grad, g, n, factor);
    }
  }

  /**
   * Loss and metric of each element into the two buffers of {@code scratch}, the first of which
   * holds {@code log(1 + e^-|z|)}. Whole vectors: the buffers have room.
   */
  private static void finishBinaryRowLosses(
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

  private static void squaredRowLosses(
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

  private static void huberRowLosses(
      float delta,
      MemorySegment zs,
      long z,
      MemorySegment ys,
      long y,
      MemorySegment scratch,
      int n) {
    MemorySegment a = NATIVE.cast(zs);
    MemorySegment b = NATIVE.cast(ys);
    MemorySegment c = NATIVE.cast(scratch);
    FloatVector most = broadcast(FLOATS, delta);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector target = fromMemorySegment(FLOATS, b, y + i * FLOAT, ORDER);
      FloatVector size = fromMemorySegment(FLOATS, a, z + i * FLOAT, ORDER).sub(target).abs();
      // r^2 / 2 and delta (r - delta / 2) are both r' (r - r' / 2) with r' = r clipped to delta
      FloatVector clipped = size.blend(most, most.lt(size));
      FloatVector loss = clipped.mul(size.sub(clipped.mul(HALF)));
      loss.intoMemorySegment(c, Scratch.FIRST + i * FLOAT, ORDER);
      size.intoMemorySegment(c, Scratch.SECOND + i * FLOAT, ORDER);
    }
  }

  /**
   * Loss and metric of each element into the two buffers of {@code scratch}, which hold {@code e^z}
   * and {@code log y}.
   */
  private static void finishPoissonRowLosses(
      MemorySegment zs, long z, MemorySegment ys, long y, MemorySegment scratch, int n) {
    MemorySegment a = NATIVE.cast(zs);
    MemorySegment b = NATIVE.cast(ys);
    MemorySegment c = NATIVE.cast(scratch);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector logit = fromMemorySegment(FLOATS, a, z + i * FLOAT, ORDER);
      FloatVector target = fromMemorySegment(FLOATS, b, y + i * FLOAT, ORDER);
      FloatVector mean = fromMemorySegment(FLOATS, c, Scratch.FIRST + i * FLOAT, ORDER);
      FloatVector log = fromMemorySegment(FLOATS, c, Scratch.SECOND + i * FLOAT, ORDER);
      // y log(y / p) is 0 where y is; log y is infinite there
      FloatVector logs = target.mul(log.sub(logit)).blend(ZERO, target.eq(ZERO));
      FloatVector half = logs.add(mean.sub(target));
      half.intoMemorySegment(c, Scratch.FIRST + i * FLOAT, ORDER);
      half.add(half).intoMemorySegment(c, Scratch.SECOND + i * FLOAT, ORDER);
    }
  }

  private static void quantileRowLosses(
      float level,
      MemorySegment zs,
      long z,
      MemorySegment ys,
      long y,
      MemorySegment scratch,
      int n) {
    MemorySegment a = NATIVE.cast(zs);
    MemorySegment b = NATIVE.cast(ys);
    MemorySegment c = NATIVE.cast(scratch);
    FloatVector below = broadcast(FLOATS, -level);
    FloatVector above = broadcast(FLOATS, 1 - level);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector target = fromMemorySegment(FLOATS, b, y + i * FLOAT, ORDER);
      FloatVector error = fromMemorySegment(FLOATS, a, z + i * FLOAT, ORDER).sub(target);
      FloatVector loss = error.mul(below.blend(above, ZERO.lt(error)));
      loss.intoMemorySegment(c, Scratch.FIRST + i * FLOAT, ORDER);
      loss.intoMemorySegment(c, Scratch.SECOND + i * FLOAT, ORDER);
    }
  }

  /** {@code g = factor} times {@code z - y} clipped to between {@code least} and {@code most}. */
  private static void clippedGap(
      float least,
      float most,
      MemorySegment zs,
      long z,
      MemorySegment ys,
      long y,
      MemorySegment gs,
      long g,
      int n,
      float factor) {
    MemorySegment a = NATIVE.cast(zs);
    MemorySegment b = NATIVE.cast(ys);
    MemorySegment c = NATIVE.cast(gs);
    FloatVector low = broadcast(FLOATS, least);
    FloatVector high = broadcast(FLOATS, most);
    FloatVector scale = broadcast(FLOATS, factor);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector target = fromMemorySegment(FLOATS, b, y + i * FLOAT, ORDER);
      FloatVector gap = fromMemorySegment(FLOATS, a, z + i * FLOAT, ORDER).sub(target);
      gap = gap.blend(low, gap.lt(low)); // NaN goes through, as it would not with max and min
      gap = gap.blend(high, high.lt(gap)).mul(scale);
      if (n - i >= COUNT) {
        gap.intoMemorySegment(c, g + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        gap.intoMemorySegment(c, g + i * FLOAT, ORDER, last);
      }
    }
  }

  private static void quantileGradient(
      float level,
      MemorySegment zs,
      long z,
      MemorySegment ys,
      long y,
      MemorySegment gs,
      long g,
      int n,
      float factor) {
    MemorySegment a = NATIVE.cast(zs);
    MemorySegment b = NATIVE.cast(ys);
    MemorySegment c = NATIVE.cast(gs);
    FloatVector below = broadcast(FLOATS, -level * factor);
    FloatVector above = broadcast(FLOATS, (1 - level) * factor);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector target = fromMemorySegment(FLOATS, b, y + i * FLOAT, ORDER);
      FloatVector error = fromMemorySegment(FLOATS, a, z + i * FLOAT, ORDER).sub(target);
      // where they meet, and for NaN, the error itself
      FloatVector slope = error.blend(below, error.lt(ZERO)).blend(above, ZERO.lt(error));
      if (n - i >= COUNT) {
        slope.intoMemorySegment(c, g + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        slope.intoMemorySegment(c, g + i * FLOAT, ORDER, last);
      }
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
