package io.lariat.simd.rows;

import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static io.lariat.simd.machine.Lanes.first;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.lariat.simd.machine.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Exponential functions and logarithms of arrays, made of nothing but correctly rounded operations.
 * {@link Activations} and {@link Losses} compose them, a chunk at a time in the first-level cache.
 *
 * <p>{@code lanewise(EXP)} and its kin are not used: compiled, they call Intel's library; not yet
 * compiled, they call {@link Math}, which rounds differently. The same training run would then give
 * other bits depending on when the JIT got round to it. These polynomials give the same bits in the
 * interpreter and in C2, at every vector width, and are a little faster (8 against 10 cycles a
 * vector for exp).
 *
 * <p>The coefficients are those of the single precision functions of S. L. Moshier's Cephes library
 * (netlib.org/cephes, expf.c, logf.c). In all kernels y may be x; positions are bytes. See {@link
 * Lanes} for the form of the loops.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the digits that Cephes gives
final class VectorMath {
  private static final FloatVector HALF = broadcast(FLOATS, 0.5f);
  private static final FloatVector ONE = broadcast(FLOATS, 1f);

  /** Above this exp is infinite (from 88.73 on), below {@link #EXP_LOWEST} it is zero. */
  private static final FloatVector EXP_HIGHEST = broadcast(FLOATS, 89f);

  private static final FloatVector EXP_LOWEST = broadcast(FLOATS, -105f);

  private static final FloatVector LOG2_E = broadcast(FLOATS, 1.44269504f);
  private static final FloatVector LN2 = broadcast(FLOATS, 0.69314718f);

  /** Minus ln 2 in two parts; n times the first is exact. */
  private static final FloatVector MINUS_LN2_HIGH = broadcast(FLOATS, -0.693359375f);

  private static final FloatVector MINUS_LN2_LOW = broadcast(FLOATS, 2.12194440e-4f);

  /** Adding this to |x| < 2^22 rounds x to an integer, which is then in the low bits of the sum. */
  private static final FloatVector ROUNDER = broadcast(FLOATS, 0x1.8p23f);

  private static final IntVector ROUNDER_BITS = ROUNDER.reinterpretAsInts();
  private static final IntVector BIAS = IntVector.broadcast(Lanes.INTS, 127);

  /** {@code (e^r - 1 - r) / r^2} for |r| of at most ln 2 / 2, highest power first. */
  private static final FloatVector EXP0 = broadcast(FLOATS, 1.9875691500e-4f);

  private static final FloatVector EXP1 = broadcast(FLOATS, 1.3981999507e-3f);
  private static final FloatVector EXP2 = broadcast(FLOATS, 8.3334519073e-3f);
  private static final FloatVector EXP3 = broadcast(FLOATS, 4.1665795894e-2f);
  private static final FloatVector EXP4 = broadcast(FLOATS, 1.6666665459e-1f);
  private static final FloatVector EXP5 = broadcast(FLOATS, 5.0000001201e-1f);

  /** {@code (log(1 + f) - f + f^2 / 2) / f^3} for 1 + f from 0.707 to 1.414. */
  private static final FloatVector LOG0 = broadcast(FLOATS, 7.0376836292e-2f);

  private static final FloatVector LOG1 = broadcast(FLOATS, -1.1514610310e-1f);
  private static final FloatVector LOG2 = broadcast(FLOATS, 1.1676998740e-1f);
  private static final FloatVector LOG3 = broadcast(FLOATS, -1.2420140846e-1f);
  private static final FloatVector LOG4 = broadcast(FLOATS, 1.4249322787e-1f);
  private static final FloatVector LOG5 = broadcast(FLOATS, -1.6668057665e-1f);
  private static final FloatVector LOG6 = broadcast(FLOATS, 2.0000714765e-1f);
  private static final FloatVector LOG7 = broadcast(FLOATS, -2.4999993993e-1f);
  private static final FloatVector LOG8 = broadcast(FLOATS, 3.3333331174e-1f);
  private static final FloatVector MINUS_HALF = broadcast(FLOATS, -0.5f);
  private static final FloatVector SQRT2_MINUS_1 = broadcast(FLOATS, 0.41421356f);

  /** The bits of 0.707, from which powers of 2 are counted. */
  private static final IntVector LOG_ORIGIN =
      IntVector.broadcast(Lanes.INTS, Float.floatToRawIntBits(0.70710678f));

  private static final FloatVector LN2_HIGH = broadcast(FLOATS, 0.693359375f);
  private static final FloatVector LN2_LOW = broadcast(FLOATS, -2.12194440e-4f);

  private VectorMath() {}

  /** {@code y = e^x}, 1 ulp, also where the result is subnormal. */
  static void exp(MemorySegment xs, long x, MemorySegment ys, long y, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment b = NATIVE.cast(ys);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      // compare and blend rather than min and max: NaN goes through, and it is faster
      v = v.blend(EXP_LOWEST, v.lt(EXP_LOWEST));
      v = v.blend(EXP_HIGHEST, EXP_HIGHEST.lt(v));
      // v = k ln 2 + r with |r| at most ln 2 / 2; the integer k is in the low bits of shifted
      FloatVector shifted = v.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, v));
      FloatVector p = EXP0.fma(r, EXP1).fma(r, EXP2).fma(r, EXP3).fma(r, EXP4).fma(r, EXP5);
      p = r.mul(r).fma(p, r).add(ONE);
      // times 2^k in two steps: 2^k need not be a float although the product is, k is -151 to 128
      IntVector power = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
      IntVector half = power.lanewise(VectorOperators.ASHR, 1);
      IntVector rest = power.sub(half);
      FloatVector scale1 = half.add(BIAS).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector scale2 = rest.add(BIAS).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector result = p.mul(scale1).mul(scale2);
      if (n - i >= COUNT) {
        result.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        result.intoMemorySegment(b, y + i * FLOAT, ORDER, last);
      }
    }
  }

  /** {@code y = e^x - 1} for x of at most 0, exact to the last places for small x too. */
  static void expm1OfNegative(MemorySegment xs, long x, MemorySegment ys, long y, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment b = NATIVE.cast(ys);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      // compare and blend rather than min and max: NaN goes through, and it is faster
      v = v.blend(EXP_LOWEST, v.lt(EXP_LOWEST));
      v = v.blend(EXP_HIGHEST, EXP_HIGHEST.lt(v));
      // v = k ln 2 + r with |r| at most ln 2 / 2; the integer k is in the low bits of shifted
      FloatVector shifted = v.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, v));
      FloatVector p = EXP0.fma(r, EXP1).fma(r, EXP2).fma(r, EXP3).fma(r, EXP4).fma(r, EXP5);
      p = r.mul(r).fma(p, r);
      // times 2^k in two steps: 2^k need not be a float although the product is, k is -151 to 128
      IntVector power = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
      IntVector half = power.lanewise(VectorOperators.ASHR, 1);
      IntVector rest = power.sub(half);
      FloatVector scale1 = half.add(BIAS).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector scale2 = rest.add(BIAS).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      // 2^k (1 + p) - 1; for k = 0 that is p, where adding 1 would lose the small digits
      FloatVector large = p.add(ONE).mul(scale1).mul(scale2).sub(ONE);
      FloatVector result = large.blend(p, shifted.eq(ROUNDER));
      if (n - i >= COUNT) {
        result.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        result.intoMemorySegment(b, y + i * FLOAT, ORDER, last);
      }
    }
  }

  /** {@code y = log(x)} for x that is normal and finite; any number for others. */
  static void log(MemorySegment xs, long x, MemorySegment ys, long y, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment b = NATIVE.cast(ys);
    for (int i = 0; i < n; i += COUNT) {
      // x = 2^k (1 + f) with 1 + f from 0.707 to 1.414
      IntVector bits = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER).reinterpretAsInts();
      IntVector power = bits.sub(LOG_ORIGIN).lanewise(VectorOperators.ASHR, 23);
      FloatVector f =
          bits.sub(power.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(ONE);
      FloatVector k = (FloatVector) power.convert(VectorOperators.I2F, 0);
      FloatVector p = LOG0.fma(f, LOG1).fma(f, LOG2).fma(f, LOG3).fma(f, LOG4);
      p = p.fma(f, LOG5).fma(f, LOG6).fma(f, LOG7).fma(f, LOG8);
      // f - f^2 / 2 + f^3 p + k ln 2, the small parts first
      FloatVector rest = f.mul(f).mul(p.fma(f, MINUS_HALF));
      FloatVector result = k.fma(LN2_HIGH, k.fma(LN2_LOW, rest).add(f));
      if (n - i >= COUNT) {
        result.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        result.intoMemorySegment(b, y + i * FLOAT, ORDER, last);
      }
    }
  }

  /** {@code y = log(1 + x)} for x from 0 to 1, exact to the last places for small x too. */
  static void log1pOfFraction(MemorySegment xs, long x, MemorySegment ys, long y, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment b = NATIVE.cast(ys);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      // log(1 + v) = log 2 + log(1 + (v - 1) / 2): brings 1 + f between 0.707 and 1.414
      VectorMask<Float> isLarge = SQRT2_MINUS_1.lt(v);
      FloatVector f = v.blend(v.sub(ONE).mul(HALF), isLarge);
      FloatVector p = LOG0.fma(f, LOG1).fma(f, LOG2).fma(f, LOG3).fma(f, LOG4);
      p = p.fma(f, LOG5).fma(f, LOG6).fma(f, LOG7).fma(f, LOG8);
      // f - f^2 / 2 + f^3 p
      FloatVector log = f.mul(f).fma(p.fma(f, MINUS_HALF), f);
      FloatVector result = log.blend(log.add(LN2), isLarge);
      if (n - i >= COUNT) {
        result.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        VectorMask<Float> last = first(n - i);
        result.intoMemorySegment(b, y + i * FLOAT, ORDER, last);
      }
    }
  }
}
