package io.lariat.simd.rows;

import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static io.lariat.simd.machine.Lanes.first;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.lariat.backend.Activation;
import io.lariat.backend.Matrix;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.ChunkJob;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@code grad = grad * f'(v)}, element by element, where v is what {@link Activation#needs} says;
 * {@link Softmax} goes by rows.
 */
public final class ActivationGradients extends ChunkJob {
  private static final FloatVector ZERO = FloatVector.zero(FLOATS);
  private static final FloatVector ONE = broadcast(FLOATS, 1f);

  private Activation f = Activation.IDENTITY;
  private MemorySegment y = MemorySegment.NULL;
  private MemorySegment grad = MemorySegment.NULL;
  private long yAt;
  private long gradAt;

  /** Sets up {@code gradient = gradient * activation'(output)}. */
  public ActivationGradients of(Activation activation, Matrix output, Matrix gradient) {
    f = activation;
    y = SimdStorage.memory(output);
    yAt = SimdStorage.at(output);
    grad = SimdStorage.memory(gradient);
    gradAt = SimdStorage.at(gradient);
    goThrough(output);
    reads(output, Split.ROWS);
    writes(gradient, Split.ROWS);
    return this;
  }

  @Override
  protected void chunk(long from, int n, Scratch scratch) {
    long ys = yAt + from * FLOAT;
    long gs = gradAt + from * FLOAT;
    switch (f) {
      case IDENTITY -> {}
      case RELU -> rectifier(y, ys, grad, gs, n, 0);
      case SIGMOID -> sigmoid(y, ys, grad, gs, n);
      case TANH -> tanh(y, ys, grad, gs, n);
      case SOFTPLUS -> {
        // f' = 1 - e^-y = -expm1(-y)
        negate(y, ys, scratch.memory, Scratch.FIRST, n);
        VectorMath.expm1OfNegative(scratch.memory, Scratch.FIRST, scratch.memory, Scratch.FIRST, n);
        timesMinus(scratch.memory, Scratch.FIRST, grad, gs, n);
      }
      case GELU -> Gates.geluGradient(y, ys, grad, gs, n, scratch.memory);
      case SILU -> Gates.siluGradient(y, ys, grad, gs, n, scratch.memory);
      case ELU -> elu(y, ys, grad, gs, n);
      case LEAKY_RELU -> rectifier(y, ys, grad, gs, n, Activations.LEAK);
      case EXP -> exp(y, ys, grad, gs, n);
      case SOFTMAX -> throw new IllegalArgumentException("softmax goes by rows");
    }
  }

  /** Times 1 where y is positive, else times {@code otherwise}. */
  private static void rectifier(
      MemorySegment ys, long y, MemorySegment gs, long g, int n, float otherwise) {
    MemorySegment a = NATIVE.cast(ys);
    MemorySegment b = NATIVE.cast(gs);
    FloatVector low = broadcast(FLOATS, otherwise);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, y + i * FLOAT, ORDER);
      // a product rather than a selection: a gradient of NaN stays NaN, as with every backend
      FloatVector slope = low.blend(ONE, ZERO.lt(v));
      FloatVector product = fromMemorySegment(FLOATS, b, g + i * FLOAT, ORDER).mul(slope);
      if (n - i >= COUNT) {
        product.intoMemorySegment(b, g + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        product.intoMemorySegment(b, g + i * FLOAT, ORDER, last);
      }
    }
  }

  private static void sigmoid(MemorySegment ys, long y, MemorySegment gs, long g, int n) {
    MemorySegment a = NATIVE.cast(ys);
    MemorySegment b = NATIVE.cast(gs);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, y + i * FLOAT, ORDER);
      FloatVector slope = v.mul(ONE.sub(v));
      FloatVector product = fromMemorySegment(FLOATS, b, g + i * FLOAT, ORDER).mul(slope);
      if (n - i >= COUNT) {
        product.intoMemorySegment(b, g + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        product.intoMemorySegment(b, g + i * FLOAT, ORDER, last);
      }
    }
  }

  private static void exp(MemorySegment ys, long y, MemorySegment gs, long g, int n) {
    MemorySegment a = NATIVE.cast(ys);
    MemorySegment b = NATIVE.cast(gs);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector slope = fromMemorySegment(FLOATS, a, y + i * FLOAT, ORDER);
      FloatVector product = fromMemorySegment(FLOATS, b, g + i * FLOAT, ORDER).mul(slope);
      if (n - i >= COUNT) {
        product.intoMemorySegment(b, g + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        product.intoMemorySegment(b, g + i * FLOAT, ORDER, last);
      }
    }
  }

  private static void tanh(MemorySegment ys, long y, MemorySegment gs, long g, int n) {
    MemorySegment a = NATIVE.cast(ys);
    MemorySegment b = NATIVE.cast(gs);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, y + i * FLOAT, ORDER);
      FloatVector slope = v.neg().fma(v, ONE); // one rounding: y^2 is not rounded before
      FloatVector product = fromMemorySegment(FLOATS, b, g + i * FLOAT, ORDER).mul(slope);
      if (n - i >= COUNT) {
        product.intoMemorySegment(b, g + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        product.intoMemorySegment(b, g + i * FLOAT, ORDER, last);
      }
    }
  }

  /** {@code t = -y}. */
  private static void negate(MemorySegment ys, long y, MemorySegment ts, long t, int n) {
    MemorySegment a = NATIVE.cast(ys);
    MemorySegment b = NATIVE.cast(ts);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, y + i * FLOAT, ORDER).neg();
      if (n - i >= COUNT) {
        v.intoMemorySegment(b, t + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        v.intoMemorySegment(b, t + i * FLOAT, ORDER, last);
      }
    }
  }

  /** {@code g = g * -t}. */
  private static void timesMinus(MemorySegment ts, long t, MemorySegment gs, long g, int n) {
    MemorySegment a = NATIVE.cast(ts);
    MemorySegment b = NATIVE.cast(gs);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector slope = fromMemorySegment(FLOATS, a, t + i * FLOAT, ORDER).neg();
      FloatVector product = fromMemorySegment(FLOATS, b, g + i * FLOAT, ORDER).mul(slope);
      if (n - i >= COUNT) {
        product.intoMemorySegment(b, g + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        product.intoMemorySegment(b, g + i * FLOAT, ORDER, last);
      }
    }
  }

  /** Times 1 where y is positive, else times {@code y + 1}. */
  private static void elu(MemorySegment ys, long y, MemorySegment gs, long g, int n) {
    MemorySegment a = NATIVE.cast(ys);
    MemorySegment b = NATIVE.cast(gs);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, y + i * FLOAT, ORDER);
      FloatVector slope = v.add(ONE).blend(ONE, ZERO.lt(v));
      FloatVector product = fromMemorySegment(FLOATS, b, g + i * FLOAT, ORDER).mul(slope);
      if (n - i >= COUNT) {
        product.intoMemorySegment(b, g + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        product.intoMemorySegment(b, g + i * FLOAT, ORDER, last);
      }
    }
  }
}
