package io.lariat.simd.weights;

import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static io.lariat.simd.machine.Lanes.first;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.lariat.simd.machine.Scratch;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** RMSprop: {@link io.lariat.backend.UpdateRule.RmsProp}. Positions are bytes. */
final class RmsPropKernel {

  private static final FloatVector ZERO = FloatVector.zero(FLOATS);

  private RmsPropKernel() {}

  /**
   * {@code v = rho * v + (1 - rho) * g^2}.
   *
   * @param rest {@code 1 - rho}, computed in double
   * @param scratch the sum of v goes to its {@link Scratch#LANES}, lane by lane
   */
  static void squares(
      MemorySegment gs,
      long g,
      MemorySegment vs,
      long v,
      int n,
      float rho,
      float rest,
      MemorySegment scratch) {
    MemorySegment y = NATIVE.cast(gs);
    MemorySegment z = NATIVE.cast(vs);
    FloatVector kept = broadcast(FLOATS, rho);
    FloatVector gain = broadcast(FLOATS, rest);
    FloatVector sum = FloatVector.zero(FLOATS); // C2 boxes a sum that starts from ZERO
    for (int i = 0; i < n; i += COUNT) {
      FloatVector grad = fromMemorySegment(FLOATS, y, g + i * FLOAT, ORDER);
      FloatVector square =
          fromMemorySegment(FLOATS, z, v + i * FLOAT, ORDER).fma(kept, grad.mul(grad).mul(gain));
      if (n - i >= COUNT) {
        sum = sum.add(square);
        square.intoMemorySegment(z, v + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        sum = sum.add(ZERO.blend(square, last));
        square.intoMemorySegment(z, v + i * FLOAT, ORDER, last);
      }
    }
    sum.intoMemorySegment(scratch, Scratch.LANES, ORDER);
  }

  /**
   * {@code v = rho * v + (1 - rho) * g^2; D = sqrt(v + epsilon); w = w - (a * g / D + decay * w)};
   * D is left in {@code d} for the soft threshold.
   *
   * @param rest {@code 1 - rho}, computed in double
   */
  static void step(
      MemorySegment ws,
      long w,
      MemorySegment gs,
      long g,
      MemorySegment vs,
      long v,
      MemorySegment ds,
      long d,
      int n,
      float a,
      float decay,
      float rho,
      float rest,
      float epsilon) {
    MemorySegment x = NATIVE.cast(ws);
    MemorySegment y = NATIVE.cast(gs);
    MemorySegment z = NATIVE.cast(vs);
    MemorySegment t = NATIVE.cast(ds);
    FloatVector rate = broadcast(FLOATS, -a);
    FloatVector lost = broadcast(FLOATS, -decay);
    FloatVector kept = broadcast(FLOATS, rho);
    FloatVector gain = broadcast(FLOATS, rest);
    FloatVector eps = broadcast(FLOATS, epsilon);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector grad = fromMemorySegment(FLOATS, y, g + i * FLOAT, ORDER);
      FloatVector square =
          fromMemorySegment(FLOATS, z, v + i * FLOAT, ORDER).fma(kept, grad.mul(grad).mul(gain));
      FloatVector scale = square.add(eps).sqrt();
      FloatVector weight = fromMemorySegment(FLOATS, x, w + i * FLOAT, ORDER);
      FloatVector move = grad.mul(rate).div(scale);
      if (decay != 0) { // infinite weights stay what they are
        move = weight.fma(lost, move);
      }
      weight = weight.add(move);
      if (n - i >= COUNT) {
        square.intoMemorySegment(z, v + i * FLOAT, ORDER);
        scale.intoMemorySegment(t, d + i * FLOAT, ORDER);
        weight.intoMemorySegment(x, w + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        square.intoMemorySegment(z, v + i * FLOAT, ORDER, last);
        scale.intoMemorySegment(t, d + i * FLOAT, ORDER, last);
        weight.intoMemorySegment(x, w + i * FLOAT, ORDER, last);
      }
    }
  }
}
