package io.lariat.simd;

import static io.lariat.simd.Lanes.COUNT;
import static io.lariat.simd.Lanes.FLOAT;
import static io.lariat.simd.Lanes.FLOATS;
import static io.lariat.simd.Lanes.NATIVE;
import static io.lariat.simd.Lanes.ORDER;
import static io.lariat.simd.Lanes.first;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Adam: {@link io.lariat.backend.UpdateRule.Adam}. Positions are bytes. A streaming pass of its
 * own: it runs near the memory's speed, division and root included, where an update fused into the
 * gradient's tiles slowed those down by half.
 */
final class AdamKernel {

  private AdamKernel() {}

  /**
   * {@code m += (g - m) * (1 - beta1); v += (g^2 - v) * (1 - beta2); D = sqrt(v) + epsilon; w = w -
   * a * m / D}; D is left in {@code d} for the soft threshold.
   *
   * @param rest1 {@code 1 - beta1}, computed in double
   * @param rest2 {@code 1 - beta2}
   */
  static void step(
      MemorySegment ws,
      long w,
      MemorySegment gs,
      long g,
      MemorySegment states,
      long m,
      long v,
      MemorySegment ds,
      long d,
      int n,
      float a,
      float rest1,
      float rest2,
      float epsilon) {
    MemorySegment x = NATIVE.cast(ws);
    MemorySegment y = NATIVE.cast(gs);
    MemorySegment z = NATIVE.cast(states);
    MemorySegment t = NATIVE.cast(ds);
    FloatVector rate = broadcast(FLOATS, a);
    FloatVector gain1 = broadcast(FLOATS, rest1);
    FloatVector gain2 = broadcast(FLOATS, rest2);
    FloatVector eps = broadcast(FLOATS, epsilon);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector grad = fromMemorySegment(FLOATS, y, g + i * FLOAT, ORDER);
      FloatVector mean = fromMemorySegment(FLOATS, z, m + i * FLOAT, ORDER);
      FloatVector square = fromMemorySegment(FLOATS, z, v + i * FLOAT, ORDER);
      mean = grad.sub(mean).fma(gain1, mean);
      square = grad.fma(grad, square.neg()).fma(gain2, square);
      FloatVector scale = square.sqrt().add(eps);
      FloatVector weight =
          fromMemorySegment(FLOATS, x, w + i * FLOAT, ORDER).sub(mean.mul(rate).div(scale));
      if (n - i >= COUNT) {
        mean.intoMemorySegment(z, m + i * FLOAT, ORDER);
        square.intoMemorySegment(z, v + i * FLOAT, ORDER);
        scale.intoMemorySegment(t, d + i * FLOAT, ORDER);
        weight.intoMemorySegment(x, w + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        mean.intoMemorySegment(z, m + i * FLOAT, ORDER, last);
        square.intoMemorySegment(z, v + i * FLOAT, ORDER, last);
        scale.intoMemorySegment(t, d + i * FLOAT, ORDER, last);
        weight.intoMemorySegment(x, w + i * FLOAT, ORDER, last);
      }
    }
  }
}
