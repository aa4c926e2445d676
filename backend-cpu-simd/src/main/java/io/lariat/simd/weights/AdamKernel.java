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
 * Adam: {@link io.lariat.backend.UpdateRule.Adam}, with either way to deal with the penalty, in one
 * pass over the weights. Positions are bytes.
 *
 * <p>A pass of its own, not fused into the gradient's tiles, which that slowed down by half. Root
 * and division take two thirds of the time while the block fits a cache, so {@code 1 / D} is
 * computed once, for the step and for the threshold.
 */
final class AdamKernel {
  private static final FloatVector ZERO = FloatVector.zero(FLOATS);
  private static final FloatVector ONE = broadcast(FLOATS, 1f);
  private static final IntVector SIGN_BIT = IntVector.broadcast(Lanes.INTS, 0x80000000);

  /**
   * What is smaller counts as zero. Where a unit has died the moments of its weights decay without
   * end, and once they are subnormal an update takes twice as long.
   */
  private static final FloatVector LEAST_MEAN = broadcast(FLOATS, 0x1p-100f);

  private static final FloatVector LEAST_SQUARE = broadcast(FLOATS, 0x1p-120f);

  private AdamKernel() {}

  /**
   * {@code m += (g - m) * (1 - beta1); v += (g^2 - v) * (1 - beta2)}.
   *
   * @param rest1 {@code 1 - beta1}, computed in double
   * @param rest2 {@code 1 - beta2}
   * @param scratch the sum of v goes to its {@link Scratch#LANES}, lane by lane
   */
  static void moments(
      MemorySegment gs,
      long g,
      MemorySegment states,
      long m,
      long v,
      int n,
      float rest1,
      float rest2,
      MemorySegment scratch) {
    MemorySegment y = NATIVE.cast(gs);
    MemorySegment z = NATIVE.cast(states);
    FloatVector gain1 = broadcast(FLOATS, rest1);
    FloatVector gain2 = broadcast(FLOATS, rest2);
    FloatVector sum = FloatVector.zero(FLOATS); // C2 boxes a sum that starts from ZERO
    for (int i = 0; i < n; i += COUNT) {
      FloatVector grad = fromMemorySegment(FLOATS, y, g + i * FLOAT, ORDER);
      FloatVector mean = fromMemorySegment(FLOATS, z, m + i * FLOAT, ORDER);
      FloatVector square = fromMemorySegment(FLOATS, z, v + i * FLOAT, ORDER);
      mean = grad.sub(mean).fma(gain1, mean);
      mean = mean.blend(ZERO, mean.abs().lt(LEAST_MEAN));
      square = grad.fma(grad, square.neg()).fma(gain2, square);
      square = square.blend(ZERO, square.lt(LEAST_SQUARE));
      if (n - i >= COUNT) {
        sum = sum.add(square);
        mean.intoMemorySegment(z, m + i * FLOAT, ORDER);
        square.intoMemorySegment(z, v + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        sum = sum.add(ZERO.blend(square, last));
        mean.intoMemorySegment(z, m + i * FLOAT, ORDER, last);
        square.intoMemorySegment(z, v + i * FLOAT, ORDER, last);
      }
    }
    sum.intoMemorySegment(scratch, Scratch.LANES, ORDER);
  }

  /**
   * With {@code s = g + l1 * sign(w) + 2 * l2 * w}, where {@code sign(0) = 0}: {@code m += (s - m)
   * * (1 - beta1); v += (s^2 - v) * (1 - beta2); w = w - (a * m / (sqrt(v) + epsilon) + decay *
   * w)}.
   *
   * @param rest1 {@code 1 - beta1}, computed in double
   * @param rest2 {@code 1 - beta2}
   * @param scratch the sum of |w| before the step goes to its {@link Scratch#LANES}, lane by lane
   */
  static void subgradientStep(
      MemorySegment ws,
      long w,
      MemorySegment gs,
      long g,
      MemorySegment states,
      long m,
      long v,
      int n,
      float a,
      float decay,
      float rest1,
      float rest2,
      float epsilon,
      float l1,
      float twoL2,
      MemorySegment scratch) {
    MemorySegment x = NATIVE.cast(ws);
    MemorySegment y = NATIVE.cast(gs);
    MemorySegment z = NATIVE.cast(states);
    FloatVector rate = broadcast(FLOATS, -a);
    FloatVector lost = broadcast(FLOATS, -decay);
    FloatVector gain1 = broadcast(FLOATS, rest1);
    FloatVector gain2 = broadcast(FLOATS, rest2);
    FloatVector eps = broadcast(FLOATS, epsilon);
    FloatVector lasso = broadcast(FLOATS, l1);
    FloatVector ridge = broadcast(FLOATS, twoL2);
    FloatVector absolutes = FloatVector.zero(FLOATS); // C2 boxes a sum that starts from ZERO
    for (int i = 0; i < n; i += COUNT) {
      FloatVector weight = fromMemorySegment(FLOATS, x, w + i * FLOAT, ORDER);
      FloatVector absolute = weight.abs();
      IntVector sign = weight.reinterpretAsInts().and(SIGN_BIT);
      FloatVector slope = lasso.reinterpretAsInts().or(sign).reinterpretAsFloats();
      slope = slope.blend(ZERO, weight.eq(ZERO));
      slope = weight.fma(ridge, slope.add(fromMemorySegment(FLOATS, y, g + i * FLOAT, ORDER)));
      FloatVector mean = fromMemorySegment(FLOATS, z, m + i * FLOAT, ORDER);
      FloatVector square = fromMemorySegment(FLOATS, z, v + i * FLOAT, ORDER);
      mean = slope.sub(mean).fma(gain1, mean);
      mean = mean.blend(ZERO, mean.abs().lt(LEAST_MEAN));
      square = slope.fma(slope, square.neg()).fma(gain2, square);
      square = square.blend(ZERO, square.lt(LEAST_SQUARE));
      FloatVector scale = square.sqrt().add(eps);
      FloatVector move = mean.mul(rate).div(scale);
      if (decay != 0) { // infinite weights stay what they are
        move = weight.fma(lost, move);
      }
      weight = weight.add(move);
      if (n - i >= COUNT) {
        absolutes = absolutes.add(absolute);
        mean.intoMemorySegment(z, m + i * FLOAT, ORDER);
        square.intoMemorySegment(z, v + i * FLOAT, ORDER);
        weight.intoMemorySegment(x, w + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        absolutes = absolutes.add(ZERO.blend(absolute, last));
        mean.intoMemorySegment(z, m + i * FLOAT, ORDER, last);
        square.intoMemorySegment(z, v + i * FLOAT, ORDER, last);
        weight.intoMemorySegment(x, w + i * FLOAT, ORDER, last);
      }
    }
    absolutes.intoMemorySegment(scratch, Scratch.LANES, ORDER);
  }

  /**
   * {@code m += (g - m) * (1 - beta1); v += (g^2 - v) * (1 - beta2); D = sqrt(v) + epsilon}, then
   * {@code w = ST(w - (a * m / D + decay * w), c * l1) / (1 + 2 * c * l2)} with {@code c = b /
   * max(D, floor)}.
   *
   * @param rest1 {@code 1 - beta1}, computed in double
   * @param rest2 {@code 1 - beta2}
   * @param scratch the sum of |w| before the step goes to its {@link Scratch#LANES}, lane by lane
   */
  static void proximalStep(
      MemorySegment ws,
      long w,
      MemorySegment gs,
      long g,
      MemorySegment states,
      long m,
      long v,
      int n,
      float a,
      float b,
      float decay,
      float rest1,
      float rest2,
      float epsilon,
      float floor,
      float l1,
      float twoL2,
      MemorySegment scratch) {
    MemorySegment x = NATIVE.cast(ws);
    MemorySegment y = NATIVE.cast(gs);
    MemorySegment z = NATIVE.cast(states);
    FloatVector rate = broadcast(FLOATS, -a);
    FloatVector lost = broadcast(FLOATS, -decay);
    FloatVector gain1 = broadcast(FLOATS, rest1);
    FloatVector gain2 = broadcast(FLOATS, rest2);
    FloatVector eps = broadcast(FLOATS, epsilon);
    FloatVector largest = broadcast(FLOATS, 1 / floor);
    FloatVector lasso = broadcast(FLOATS, b * l1);
    FloatVector ridge = broadcast(FLOATS, b * twoL2);
    FloatVector absolutes = FloatVector.zero(FLOATS); // C2 boxes a sum that starts from ZERO
    for (int i = 0; i < n; i += COUNT) {
      FloatVector grad = fromMemorySegment(FLOATS, y, g + i * FLOAT, ORDER);
      FloatVector mean = fromMemorySegment(FLOATS, z, m + i * FLOAT, ORDER);
      FloatVector square = fromMemorySegment(FLOATS, z, v + i * FLOAT, ORDER);
      mean = grad.sub(mean).fma(gain1, mean);
      mean = mean.blend(ZERO, mean.abs().lt(LEAST_MEAN));
      square = grad.fma(grad, square.neg()).fma(gain2, square);
      square = square.blend(ZERO, square.lt(LEAST_SQUARE));
      FloatVector inverse = ONE.div(square.sqrt().add(eps));
      FloatVector weight = fromMemorySegment(FLOATS, x, w + i * FLOAT, ORDER);
      FloatVector absolute = weight.abs();
      FloatVector move = mean.mul(rate).mul(inverse);
      if (decay != 0) { // infinite weights stay what they are
        move = weight.fma(lost, move);
      }
      FloatVector u = weight.add(move);
      inverse = inverse.blend(largest, largest.lt(inverse));
      // |u| - k with the sign of u; what is thresholded away is +0, and NaN stays NaN
      FloatVector size = u.abs().sub(inverse.mul(lasso));
      IntVector sign = u.reinterpretAsInts().and(SIGN_BIT);
      weight = size.reinterpretAsInts().or(sign).reinterpretAsFloats();
      weight = weight.blend(ZERO, size.compare(VectorOperators.LE, ZERO));
      // the branch is the same in every turn, and a division is a third of the time
      if (twoL2 != 0) {
        weight = weight.div(inverse.fma(ridge, ONE));
      }
      if (n - i >= COUNT) {
        absolutes = absolutes.add(absolute);
        mean.intoMemorySegment(z, m + i * FLOAT, ORDER);
        square.intoMemorySegment(z, v + i * FLOAT, ORDER);
        weight.intoMemorySegment(x, w + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        absolutes = absolutes.add(ZERO.blend(absolute, last));
        mean.intoMemorySegment(z, m + i * FLOAT, ORDER, last);
        square.intoMemorySegment(z, v + i * FLOAT, ORDER, last);
        weight.intoMemorySegment(x, w + i * FLOAT, ORDER, last);
      }
    }
    absolutes.intoMemorySegment(scratch, Scratch.LANES, ORDER);
  }
}
