package io.lariat.simd.rows;

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

/**
 * Activations {@code x F(x)} where F is a symmetric distribution function with density f and upper
 * tail Q: GELU with the normal distribution, SiLU with the logistic one. With {@code t = |x|} they
 * are {@code max(x, 0) - t Q(t)}, and their derivatives {@code e = t f(t) - Q(t)} where x is
 * positive 1 more, else the negative: nothing cancels in the tails. From some t on Q is 0 as a
 * float; t is kept there, so that infinity gives the limit.
 */
final class Gates {
  private static final FloatVector ZERO = FloatVector.zero(FLOATS);
  private static final FloatVector ONE = broadcast(FLOATS, 1f);
  private static final FloatVector MINUS_ONE = broadcast(FLOATS, -1f);
  private static final FloatVector MINUS_HALF = broadcast(FLOATS, -0.5f);

  /** Where {@code e^-t} is 0. */
  private static final FloatVector LOGISTIC_END = broadcast(FLOATS, 128f);

  /** Where {@code e^(-t^2 / 2)} is 0. */
  private static final FloatVector NORMAL_END = broadcast(FLOATS, 16f);

  private static final FloatVector DENSITY_AT_0 = broadcast(FLOATS, 0.3989423f);

  /**
   * The normal {@code Q(t) e^(t^2 / 2)} as a ratio of polynomials, highest power first: fitted in
   * 60 digits with weights that make the largest relative error least (Lawson 1961), 6.4e-9 from 0
   * to 15.
   */
  private static final FloatVector P0 = broadcast(FLOATS, 0.004153677f);

  private static final FloatVector P1 = broadcast(FLOATS, 0.040884204f);
  private static final FloatVector P2 = broadcast(FLOATS, 0.1839782f);
  private static final FloatVector P3 = broadcast(FLOATS, 0.43929547f);
  private static final FloatVector P4 = broadcast(FLOATS, 0.5f);
  private static final FloatVector Q0 = broadcast(FLOATS, 0.010411612f);
  private static final FloatVector Q1 = broadcast(FLOATS, 0.102487616f);
  private static final FloatVector Q2 = broadcast(FLOATS, 0.4714326f);
  private static final FloatVector Q3 = broadcast(FLOATS, 1.2055856f);
  private static final FloatVector Q4 = broadcast(FLOATS, 1.676476f);

  private Gates() {}

  /** {@code y = x / (1 + e^-x)}; y may be x. */
  static void silu(
      MemorySegment xs, long x, MemorySegment ys, long y, int n, MemorySegment scratch) {
    Activations.expOfMagnitude(xs, x, scratch, n, -1);
    finishSilu(xs, x, scratch, Scratch.FIRST, ys, y, n);
  }

  /** {@code g} times the derivative of SiLU at x. */
  static void siluGradient(
      MemorySegment xs, long x, MemorySegment gs, long g, int n, MemorySegment scratch) {
    Activations.expOfMagnitude(xs, x, scratch, n, -1);
    finishSiluGradient(xs, x, scratch, Scratch.FIRST, gs, g, n);
  }

  /** {@code y = x (1 + erf(x / sqrt 2)) / 2}; y may be x. */
  static void gelu(
      MemorySegment xs, long x, MemorySegment ys, long y, int n, MemorySegment scratch) {
    decay(xs, x, scratch, n);
    finishGelu(xs, x, scratch, Scratch.FIRST, ys, y, n);
  }

  /** {@code g} times the derivative of GELU at x. */
  static void geluGradient(
      MemorySegment xs, long x, MemorySegment gs, long g, int n, MemorySegment scratch) {
    decay(xs, x, scratch, n);
    finishGeluGradient(xs, x, scratch, Scratch.FIRST, gs, g, n);
  }

  /** {@code e^(-t^2 / 2)} of the rounded square into the first buffer. */
  private static void decay(MemorySegment xs, long x, MemorySegment scratch, int n) {
    minusHalfSquare(xs, x, scratch, Scratch.FIRST, n);
    VectorMath.exp(scratch, Scratch.FIRST, scratch, Scratch.FIRST, n);
  }

  private static void minusHalfSquare(MemorySegment xs, long x, MemorySegment ys, long y, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment b = NATIVE.cast(ys);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector t = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER).abs();
      t = t.blend(NORMAL_END, NORMAL_END.lt(t));
      FloatVector v = t.mul(t).mul(MINUS_HALF);
      if (n - i >= COUNT) {
        v.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        v.intoMemorySegment(b, y + i * FLOAT, ORDER, last);
      }
    }
  }

  /** {@code max(x, 0) - t e / (1 + e)}, where {@code e = e^-t}. */
  private static void finishSilu(
      MemorySegment xs, long x, MemorySegment es, long e, MemorySegment ys, long y, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment c = NATIVE.cast(es);
    MemorySegment b = NATIVE.cast(ys);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      FloatVector decay = fromMemorySegment(FLOATS, c, e + i * FLOAT, ORDER);
      FloatVector t = v.abs();
      t = t.blend(LOGISTIC_END, LOGISTIC_END.lt(t));
      FloatVector scale = t.div(decay.add(ONE));
      v = decay.neg().fma(scale, v.blend(ZERO, v.lt(ZERO)));
      if (n - i >= COUNT) {
        v.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        v.intoMemorySegment(b, y + i * FLOAT, ORDER, last);
      }
    }
  }

  /** With {@code e = e^-t}: {@code Q = e / (1 + e)}, and {@code f = Q (1 - Q) = Q / (1 + e)}. */
  private static void finishSiluGradient(
      MemorySegment xs, long x, MemorySegment es, long e, MemorySegment gs, long g, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment c = NATIVE.cast(es);
    MemorySegment b = NATIVE.cast(gs);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      FloatVector decay = fromMemorySegment(FLOATS, c, e + i * FLOAT, ORDER);
      FloatVector t = v.abs();
      t = t.blend(LOGISTIC_END, LOGISTIC_END.lt(t));
      FloatVector rest = ONE.div(decay.add(ONE));
      FloatVector excess = decay.mul(rest).mul(t.fma(rest, MINUS_ONE));
      FloatVector slope = excess.add(ONE).blend(excess.neg(), v.lt(ZERO));
      FloatVector product = fromMemorySegment(FLOATS, b, g + i * FLOAT, ORDER).mul(slope);
      if (n - i >= COUNT) {
        product.intoMemorySegment(b, g + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        product.intoMemorySegment(b, g + i * FLOAT, ORDER, last);
      }
    }
  }

  /** {@code max(x, 0) - t Q(t)}, where {@code e} is what {@link #decay} gave. */
  private static void finishGelu(
      MemorySegment xs, long x, MemorySegment es, long e, MemorySegment ys, long y, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment c = NATIVE.cast(es);
    MemorySegment b = NATIVE.cast(ys);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      FloatVector t = v.abs();
      t = t.blend(NORMAL_END, NORMAL_END.lt(t));
      FloatVector p = P0.fma(t, P1).fma(t, P2).fma(t, P3).fma(t, P4);
      FloatVector q = Q0.fma(t, Q1).fma(t, Q2).fma(t, Q3).fma(t, Q4).fma(t, ONE);
      // what rounding the square took from the exponent
      FloatVector lost = t.fma(t, t.mul(t).neg()).mul(MINUS_HALF);
      FloatVector decay = fromMemorySegment(FLOATS, c, e + i * FLOAT, ORDER);
      decay = decay.fma(lost, decay);
      v = decay.neg().fma(t.mul(p.div(q)), v.blend(ZERO, v.lt(ZERO)));
      if (n - i >= COUNT) {
        v.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        v.intoMemorySegment(b, y + i * FLOAT, ORDER, last);
      }
    }
  }

  private static void finishGeluGradient(
      MemorySegment xs, long x, MemorySegment es, long e, MemorySegment gs, long g, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment c = NATIVE.cast(es);
    MemorySegment b = NATIVE.cast(gs);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      FloatVector t = v.abs();
      t = t.blend(NORMAL_END, NORMAL_END.lt(t));
      FloatVector p = P0.fma(t, P1).fma(t, P2).fma(t, P3).fma(t, P4);
      FloatVector q = Q0.fma(t, Q1).fma(t, Q2).fma(t, Q3).fma(t, Q4).fma(t, ONE);
      // what rounding the square took from the exponent
      FloatVector lost = t.fma(t, t.mul(t).neg()).mul(MINUS_HALF);
      FloatVector decay = fromMemorySegment(FLOATS, c, e + i * FLOAT, ORDER);
      decay = decay.fma(lost, decay);
      FloatVector excess = decay.mul(t.fma(DENSITY_AT_0, p.div(q).neg()));
      FloatVector slope = excess.add(ONE).blend(excess.neg(), v.lt(ZERO));
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
