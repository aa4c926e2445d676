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
 * {@code out = f(x)}, element by element; {@link Softmax} goes by rows. Functions of exp are made
 * in several passes over a chunk.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the digits that Cephes gives
public final class Activations extends ChunkJob {
  private static final FloatVector ZERO = FloatVector.zero(FLOATS);
  private static final FloatVector ONE = broadcast(FLOATS, 1f);

  /** What a leaky ReLU multiplies what is negative by. */
  static final float LEAK = 0.2f;

  private static final FloatVector LEAKS = broadcast(FLOATS, LEAK);

  /** Below this magnitude tanh is a polynomial, above it an expression of exp. */
  private static final FloatVector TANH_SMALL = broadcast(FLOATS, 0.625f);

  /** {@code (tanh(x) - x) / x^3} as a polynomial in x^2 (Cephes, tanhf.c). */
  private static final FloatVector TANH0 = broadcast(FLOATS, -5.70498872745e-3f);

  private static final FloatVector TANH1 = broadcast(FLOATS, 2.06390887954e-2f);
  private static final FloatVector TANH2 = broadcast(FLOATS, -5.37397155531e-2f);
  private static final FloatVector TANH3 = broadcast(FLOATS, 1.33314422036e-1f);
  private static final FloatVector TANH4 = broadcast(FLOATS, -3.33332819422e-1f);

  private Activation f = Activation.IDENTITY;
  private MemorySegment x = MemorySegment.NULL;
  private MemorySegment out = MemorySegment.NULL;
  private long xAt;
  private long outAt;

  /** Sets up {@code to = activation(from)}. */
  public Activations of(Activation activation, Matrix from, Matrix to) {
    f = activation;
    x = SimdStorage.memory(from);
    xAt = SimdStorage.at(from);
    out = SimdStorage.memory(to);
    outAt = SimdStorage.at(to);
    goThrough(from);
    reads(from, Split.ROWS);
    writes(to, Split.ROWS);
    return this;
  }

  @Override
  protected void chunk(long from, int n, Scratch scratch) {
    long xs = xAt + from * FLOAT;
    long ys = outAt + from * FLOAT;
    MemorySegment t = scratch.memory;
    switch (f) {
      case IDENTITY -> MemorySegment.copy(x, xs, out, ys, n * FLOAT);
      case RELU -> relu(x, xs, out, ys, n);
      case SIGMOID -> sigmoid(x, xs, out, ys, n, t);
      case TANH -> {
        expOfMagnitude(x, xs, t, n, -2);
        finishTanh(x, xs, t, Scratch.FIRST, out, ys, n);
      }
      case SOFTPLUS -> {
        expOfMagnitude(x, xs, t, n, -1);
        VectorMath.log1pOfFraction(t, Scratch.FIRST, t, Scratch.FIRST, n);
        finishSoftplus(x, xs, t, Scratch.FIRST, out, ys, n);
      }
      case GELU -> Gates.gelu(x, xs, out, ys, n, t);
      case SILU -> Gates.silu(x, xs, out, ys, n, t);
      case ELU -> {
        VectorMath.expm1OfNegative(x, xs, t, Scratch.FIRST, n);
        finishElu(x, xs, t, Scratch.FIRST, out, ys, n);
      }
      case LEAKY_RELU -> leakyRelu(x, xs, out, ys, n);
      case EXP -> VectorMath.exp(x, xs, out, ys, n);
      case SOFTMAX -> throw new IllegalArgumentException("softmax goes by rows");
    }
  }

  /** {@code y = 1 / (1 + e^-x)}, accurate in both tails; y may be x. */
  static void sigmoid(
      MemorySegment xs, long x, MemorySegment ys, long y, int n, MemorySegment scratch) {
    expOfMagnitude(xs, x, scratch, n, -1);
    finishSigmoid(xs, x, scratch, Scratch.FIRST, ys, y, n);
  }

  /** {@code e^(factor * |x|)} into the first buffer; a negative factor, so that none overflows. */
  static void expOfMagnitude(MemorySegment xs, long x, MemorySegment scratch, int n, float factor) {
    scaledMagnitude(xs, x, scratch, Scratch.FIRST, n, factor);
    VectorMath.exp(scratch, Scratch.FIRST, scratch, Scratch.FIRST, n);
  }

  private static void scaledMagnitude(
      MemorySegment xs, long x, MemorySegment ys, long y, int n, float factor) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment b = NATIVE.cast(ys);
    FloatVector scale = broadcast(FLOATS, factor);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER).abs().mul(scale);
      if (n - i >= COUNT) {
        v.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        v.intoMemorySegment(b, y + i * FLOAT, ORDER, last);
      }
    }
  }

  /** {@code y = max(x, 0)}, NaN for NaN: {@code max} would cost twice as much. */
  private static void relu(MemorySegment xs, long x, MemorySegment ys, long y, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment b = NATIVE.cast(ys);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      v = v.blend(ZERO, v.lt(ZERO));
      if (n - i >= COUNT) {
        v.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        v.intoMemorySegment(b, y + i * FLOAT, ORDER, last);
      }
    }
  }

  /** {@code y = 1 / (1 + t)}, for negative x {@code t / (1 + t)}, where {@code t = e^-|x|}. */
  private static void finishSigmoid(
      MemorySegment xs, long x, MemorySegment ts, long t, MemorySegment ys, long y, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment c = NATIVE.cast(ts);
    MemorySegment b = NATIVE.cast(ys);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      FloatVector e = fromMemorySegment(FLOATS, c, t + i * FLOAT, ORDER);
      v = ONE.blend(e, v.lt(ZERO)).div(e.add(ONE));
      if (n - i >= COUNT) {
        v.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        v.intoMemorySegment(b, y + i * FLOAT, ORDER, last);
      }
    }
  }

  /** {@code y = tanh x}, where {@code t = e^(-2 |x|)}. */
  private static void finishTanh(
      MemorySegment xs, long x, MemorySegment ts, long t, MemorySegment ys, long y, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment c = NATIVE.cast(ts);
    MemorySegment b = NATIVE.cast(ys);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      FloatVector e = fromMemorySegment(FLOATS, c, t + i * FLOAT, ORDER);
      FloatVector s = v.mul(v);
      FloatVector p = TANH0.fma(s, TANH1).fma(s, TANH2).fma(s, TANH3).fma(s, TANH4);
      FloatVector small = p.mul(s).fma(v, v);
      FloatVector large = ONE.sub(e).div(ONE.add(e));
      large = large.blend(large.neg(), v.lt(ZERO));
      v = large.blend(small, v.abs().lt(TANH_SMALL));
      if (n - i >= COUNT) {
        v.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        v.intoMemorySegment(b, y + i * FLOAT, ORDER, last);
      }
    }
  }

  /** {@code y = max(x, 0) + t}, where {@code t = log(1 + e^-|x|)}. */
  private static void finishSoftplus(
      MemorySegment xs, long x, MemorySegment ts, long t, MemorySegment ys, long y, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment c = NATIVE.cast(ts);
    MemorySegment b = NATIVE.cast(ys);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      v = v.blend(ZERO, v.lt(ZERO));
      v = v.add(fromMemorySegment(FLOATS, c, t + i * FLOAT, ORDER));
      if (n - i >= COUNT) {
        v.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        v.intoMemorySegment(b, y + i * FLOAT, ORDER, last);
      }
    }
  }

  /** {@code y = x}, for negative x {@code t}, where {@code t = e^x - 1}. */
  private static void finishElu(
      MemorySegment xs, long x, MemorySegment ts, long t, MemorySegment ys, long y, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment c = NATIVE.cast(ts);
    MemorySegment b = NATIVE.cast(ys);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      v = v.blend(fromMemorySegment(FLOATS, c, t + i * FLOAT, ORDER), v.lt(ZERO));
      if (n - i >= COUNT) {
        v.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        v.intoMemorySegment(b, y + i * FLOAT, ORDER, last);
      }
    }
  }

  /** {@code y = x}, for negative x {@link #LEAK} times that. */
  private static void leakyRelu(MemorySegment xs, long x, MemorySegment ys, long y, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment b = NATIVE.cast(ys);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      v = v.blend(v.mul(LEAKS), v.lt(ZERO));
      if (n - i >= COUNT) {
        v.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        v.intoMemorySegment(b, y + i * FLOAT, ORDER, last);
      }
    }
  }
}
