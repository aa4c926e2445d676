package io.lariat.simd.weights;

import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static io.lariat.simd.machine.Lanes.first;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.lariat.simd.machine.Lanes;
import io.lariat.simd.machine.Scratch;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * What a penalty does to weights, for every rule: the subgradient before the rule's step, the soft
 * threshold after it. Positions are bytes.
 */
final class Shrinkage {
  private static final FloatVector ZERO = FloatVector.zero(FLOATS);
  private static final FloatVector ONE = broadcast(FLOATS, 1f);
  private static final IntVector SIGN_BIT = IntVector.broadcast(Lanes.INTS, 0x80000000);

  private static final FloatVector LEAST = broadcast(FLOATS, Float.MIN_NORMAL);

  private Shrinkage() {}

  /**
   * {@code t = g + l1 * sign(w) + 2 * l2 * w}, with {@code sign(0) = 0}. A weight of NaN gives NaN
   * by the last term.
   */
  static void addSubgradient(
      MemorySegment ws,
      long w,
      MemorySegment gs,
      long g,
      MemorySegment ts,
      long t,
      int n,
      float l1,
      float twoL2) {
    MemorySegment x = NATIVE.cast(ws);
    MemorySegment y = NATIVE.cast(gs);
    MemorySegment z = NATIVE.cast(ts);
    FloatVector lasso = broadcast(FLOATS, l1);
    FloatVector ridge = broadcast(FLOATS, twoL2);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector weight = fromMemorySegment(FLOATS, x, w + i * FLOAT, ORDER);
      IntVector sign = weight.reinterpretAsInts().and(SIGN_BIT);
      FloatVector slope = lasso.reinterpretAsInts().or(sign).reinterpretAsFloats();
      slope = slope.blend(ZERO, weight.eq(ZERO));
      slope = weight.fma(ridge, slope.add(fromMemorySegment(FLOATS, y, g + i * FLOAT, ORDER)));
      if (n - i >= COUNT) {
        slope.intoMemorySegment(z, t + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        slope.intoMemorySegment(z, t + i * FLOAT, ORDER, last);
      }
    }
  }

  /**
   * {@code w = ST(w, c * l1) / (1 + 2 * c * l2)}, with {@code c = b / max(D, floor)} where {@code
   * d} holds D.
   */
  static void thresholdScaled(
      MemorySegment ws,
      long w,
      MemorySegment ds,
      long d,
      int n,
      float b,
      float floor,
      float l1,
      float twoL2) {
    MemorySegment x = NATIVE.cast(ws);
    MemorySegment y = NATIVE.cast(ds);
    FloatVector rate = broadcast(FLOATS, b);
    FloatVector lowest = broadcast(FLOATS, floor);
    FloatVector lasso = broadcast(FLOATS, l1);
    FloatVector ridge = broadcast(FLOATS, twoL2);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector u = fromMemorySegment(FLOATS, x, w + i * FLOAT, ORDER);
      FloatVector scale = fromMemorySegment(FLOATS, y, d + i * FLOAT, ORDER);
      FloatVector c = rate.div(scale.blend(lowest, scale.lt(lowest)));
      // |u| - k with the sign of u; what is thresholded away is +0, and NaN stays NaN
      FloatVector size = u.abs().sub(c.mul(lasso));
      IntVector sign = u.reinterpretAsInts().and(SIGN_BIT);
      FloatVector shrunk = size.reinterpretAsInts().or(sign).reinterpretAsFloats();
      shrunk = shrunk.blend(ZERO, size.compare(VectorOperators.LE, ZERO));
      // the branch is the same in every turn, and a division is a third of the time
      if (twoL2 != 0) {
        shrunk = shrunk.div(c.fma(ridge, ONE));
      }
      if (n - i >= COUNT) {
        shrunk.intoMemorySegment(x, w + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        shrunk.intoMemorySegment(x, w + i * FLOAT, ORDER, last);
      }
    }
  }

  /** {@code w = ST(w, c * l1) / (1 + 2 * c * l2)}, with the same c for all. */
  static void threshold(MemorySegment ws, long w, int n, float scale, float l1, float twoL2) {
    MemorySegment x = NATIVE.cast(ws);
    FloatVector c = broadcast(FLOATS, scale);
    FloatVector lasso = broadcast(FLOATS, l1);
    FloatVector divisor = c.fma(broadcast(FLOATS, twoL2), ONE);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector u = fromMemorySegment(FLOATS, x, w + i * FLOAT, ORDER);
      // |u| - k with the sign of u; what is thresholded away is +0, and NaN stays NaN
      FloatVector size = u.abs().sub(c.mul(lasso));
      IntVector sign = u.reinterpretAsInts().and(SIGN_BIT);
      FloatVector shrunk = size.reinterpretAsInts().or(sign).reinterpretAsFloats();
      shrunk = shrunk.blend(ZERO, size.compare(VectorOperators.LE, ZERO));
      if (twoL2 != 0) {
        shrunk = shrunk.div(divisor);
      }
      if (n - i >= COUNT) {
        shrunk.intoMemorySegment(x, w + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        shrunk.intoMemorySegment(x, w + i * FLOAT, ORDER, last);
      }
    }
  }

  /**
   * {@code w = ST(w - (a * d * inverse + decay * w), k)}.
   *
   * @param scratch the sum of w^2 after it goes to its {@link Scratch#LANES}, lane by lane
   */
  static void stepAndThreshold(
      MemorySegment ws,
      long w,
      MemorySegment ds,
      long d,
      int n,
      float a,
      float decay,
      float inverse,
      float k,
      MemorySegment scratch) {
    MemorySegment x = NATIVE.cast(ws);
    MemorySegment y = NATIVE.cast(ds);
    FloatVector rate = broadcast(FLOATS, -a);
    FloatVector lost = broadcast(FLOATS, -decay);
    FloatVector scale = broadcast(FLOATS, inverse);
    FloatVector threshold = broadcast(FLOATS, k);
    FloatVector squares = FloatVector.zero(FLOATS); // C2 boxes a sum that starts from ZERO
    for (int i = 0; i < n; i += COUNT) {
      FloatVector move = fromMemorySegment(FLOATS, y, d + i * FLOAT, ORDER).mul(rate).mul(scale);
      FloatVector weight = fromMemorySegment(FLOATS, x, w + i * FLOAT, ORDER);
      if (decay != 0) { // infinite weights stay what they are
        move = weight.fma(lost, move);
      }
      FloatVector u = weight.add(move);
      // |u| - k with the sign of u; what is thresholded away is +0, and NaN stays NaN
      FloatVector size = u.abs().sub(threshold);
      IntVector sign = u.reinterpretAsInts().and(SIGN_BIT);
      FloatVector shrunk = size.reinterpretAsInts().or(sign).reinterpretAsFloats();
      shrunk = shrunk.blend(ZERO, size.compare(VectorOperators.LE, ZERO));
      if (n - i >= COUNT) {
        squares = shrunk.fma(shrunk, squares);
        shrunk.intoMemorySegment(x, w + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        FloatVector inside = ZERO.blend(shrunk, last);
        squares = inside.fma(inside, squares);
        shrunk.intoMemorySegment(x, w + i * FLOAT, ORDER, last);
      }
    }
    squares.intoMemorySegment(scratch, Scratch.LANES, ORDER);
  }

  /** {@code w = w * factor}; what is zero then, or subnormal, is +0. */
  static void scale(MemorySegment ws, long w, long n, float factor) {
    MemorySegment x = NATIVE.cast(ws);
    FloatVector scale = broadcast(FLOATS, factor);
    for (long i = 0; i < n; i += COUNT) {
      FloatVector shrunk = fromMemorySegment(FLOATS, x, w + i * FLOAT, ORDER).mul(scale);
      shrunk = shrunk.blend(ZERO, shrunk.abs().lt(LEAST));
      if (n - i >= COUNT) {
        shrunk.intoMemorySegment(x, w + i * FLOAT, ORDER);
      } else {
        shrunk.intoMemorySegment(x, w + i * FLOAT, ORDER, first((int) (n - i)));
      }
    }
  }
}
