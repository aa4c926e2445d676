package io.lariat.simd.weights;

import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static io.lariat.simd.machine.Lanes.first;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Stochastic gradient descent: {@link io.lariat.backend.UpdateRule.Sgd}. Positions are bytes. */
final class SgdKernel {

  private SgdKernel() {}

  /** {@code w = (w - decay * w) - a * g}. */
  static void step(
      MemorySegment ws, long w, MemorySegment gs, long g, int n, float a, float decay) {
    MemorySegment x = NATIVE.cast(ws);
    MemorySegment y = NATIVE.cast(gs);
    FloatVector rate = broadcast(FLOATS, -a);
    FloatVector lost = broadcast(FLOATS, -decay);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector weight = fromMemorySegment(FLOATS, x, w + i * FLOAT, ORDER);
      if (decay != 0) { // infinite weights stay what they are
        weight = weight.fma(lost, weight);
      }
      weight = fromMemorySegment(FLOATS, y, g + i * FLOAT, ORDER).fma(rate, weight);
      if (n - i >= COUNT) {
        weight.intoMemorySegment(x, w + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        weight.intoMemorySegment(x, w + i * FLOAT, ORDER, last);
      }
    }
  }

  /**
   * {@code m = momentum * m - a * g}, then {@code w = w + (m - decay * w)} or Nesterov's {@code w =
   * w + (momentum * m - a * g - decay * w)}.
   */
  static void momentumStep(
      MemorySegment ws,
      long w,
      MemorySegment gs,
      long g,
      MemorySegment ms,
      long m,
      int n,
      float a,
      float decay,
      float momentum,
      boolean nesterov) {
    MemorySegment x = NATIVE.cast(ws);
    MemorySegment y = NATIVE.cast(gs);
    MemorySegment z = NATIVE.cast(ms);
    FloatVector rate = broadcast(FLOATS, -a);
    FloatVector lost = broadcast(FLOATS, -decay);
    FloatVector kept = broadcast(FLOATS, momentum);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector step = fromMemorySegment(FLOATS, y, g + i * FLOAT, ORDER).mul(rate);
      FloatVector velocity = fromMemorySegment(FLOATS, z, m + i * FLOAT, ORDER).fma(kept, step);
      FloatVector move = nesterov ? velocity.fma(kept, step) : velocity;
      FloatVector weight = fromMemorySegment(FLOATS, x, w + i * FLOAT, ORDER);
      if (decay != 0) { // infinite weights stay what they are
        move = weight.fma(lost, move);
      }
      weight = weight.add(move);
      if (n - i >= COUNT) {
        velocity.intoMemorySegment(z, m + i * FLOAT, ORDER);
        weight.intoMemorySegment(x, w + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        velocity.intoMemorySegment(z, m + i * FLOAT, ORDER, last);
        weight.intoMemorySegment(x, w + i * FLOAT, ORDER, last);
      }
    }
  }
}
