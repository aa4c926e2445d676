package io.lariat.simd.rows;

import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static io.lariat.simd.machine.Lanes.first;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.lariat.backend.Matrix;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.Job;
import io.lariat.simd.machine.Lanes;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Softmax and its gradient, row by row. */
public final class Softmax extends Job {
  private boolean isGradient;
  private MemorySegment x = MemorySegment.NULL;
  private MemorySegment out = MemorySegment.NULL;
  private long xAt;
  private long outAt;
  private int rows;
  private int cols;

  /** Sets up {@code to = softmax(from)}. */
  public Softmax forward(Matrix from, Matrix to) {
    return set(false, from, to);
  }

  /** Sets up {@code grad = output * (grad - sum(grad * output))}. */
  public Softmax gradient(Matrix output, Matrix grad) {
    return set(true, output, grad);
  }

  private Softmax set(boolean gradient, Matrix from, Matrix to) {
    isGradient = gradient;
    x = SimdStorage.memory(from);
    xAt = SimdStorage.at(from);
    out = SimdStorage.memory(to);
    outAt = SimdStorage.at(to);
    rows = from.rows();
    cols = from.cols();
    reads(from, Split.ROWS);
    writes(to, Split.ROWS);
    return this;
  }

  @Override
  public void run(int part, int parts, Scratch scratch) {
    long end = begin(rows, 1, part + 1, parts);
    for (long i = begin(rows, 1, part, parts); i < end; i++) {
      long row = i * cols * FLOAT;
      if (isGradient) {
        gradientRow(x, xAt + row, out, outAt + row, cols, scratch.memory);
      } else {
        float max = max(x, xAt + row, cols);
        exponentials(x, xAt + row, max, out, outAt + row, cols);
        divide(out, outAt + row, sum(out, outAt + row, cols, scratch.memory), cols);
      }
    }
  }

  /** The largest of {@code n} elements, NaN if one is NaN. */
  static float max(MemorySegment xs, long x, int n) {
    MemorySegment a = NATIVE.cast(xs);
    FloatVector lowest = broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    FloatVector max = lowest;
    int i = 0;
    for (; i <= n - COUNT; i += COUNT) {
      max = max.max(fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER));
    }
    if (i < n) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      max = max.max(lowest.blend(v, first(n - i)));
    }
    return max.reduceLanes(VectorOperators.MAX); // unlike a sum, the same in every order
  }

  /** {@code y = e^(x - max)}; y may be x. */
  static void exponentials(MemorySegment xs, long x, float max, MemorySegment ys, long y, int n) {
    subtract(xs, x, max, ys, y, n);
    VectorMath.exp(ys, y, ys, y, n);
  }

  private static void subtract(
      MemorySegment xs, long x, float max, MemorySegment ys, long y, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment b = NATIVE.cast(ys);
    FloatVector m = broadcast(FLOATS, max);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER).sub(m);
      if (n - i >= COUNT) {
        v.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        v.intoMemorySegment(b, y + i * FLOAT, ORDER, first(n - i));
      }
    }
  }

  /** The sum of {@code n} elements, lane by lane, then the lanes. */
  static float sum(MemorySegment xs, long x, int n, MemorySegment scratch) {
    sumLanes(xs, x, n, scratch);
    return Lanes.sum(scratch, Scratch.LANES);
  }

  private static void sumLanes(MemorySegment xs, long x, int n, MemorySegment scratch) {
    MemorySegment a = NATIVE.cast(xs);
    FloatVector sum = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= n - COUNT; i += COUNT) {
      sum = sum.add(fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER));
    }
    if (i < n) {
      sum = sum.add(fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER, first(n - i)));
    }
    sum.intoMemorySegment(scratch, Scratch.LANES, ORDER);
  }

  private static void divide(MemorySegment ys, long y, float divisor, int n) {
    MemorySegment b = NATIVE.cast(ys);
    FloatVector d = broadcast(FLOATS, divisor);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, b, y + i * FLOAT, ORDER).div(d);
      if (n - i >= COUNT) {
        v.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        v.intoMemorySegment(b, y + i * FLOAT, ORDER, first(n - i));
      }
    }
  }

  private static void gradientRow(
      MemorySegment ys, long y, MemorySegment gs, long g, int n, MemorySegment scratch) {
    sumOfProducts(ys, y, gs, g, n, scratch);
    subtractAndScale(ys, y, gs, g, n, Lanes.sum(scratch, Scratch.LANES));
  }

  private static void sumOfProducts(
      MemorySegment ys, long y, MemorySegment gs, long g, int n, MemorySegment scratch) {
    MemorySegment a = NATIVE.cast(ys);
    MemorySegment b = NATIVE.cast(gs);
    FloatVector sum = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= n - COUNT; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, y + i * FLOAT, ORDER);
      sum = v.fma(fromMemorySegment(FLOATS, b, g + i * FLOAT, ORDER), sum);
    }
    if (i < n) {
      FloatVector v = fromMemorySegment(FLOATS, a, y + i * FLOAT, ORDER, first(n - i));
      sum = v.fma(fromMemorySegment(FLOATS, b, g + i * FLOAT, ORDER, first(n - i)), sum);
    }
    sum.intoMemorySegment(scratch, Scratch.LANES, ORDER);
  }

  /** {@code g = y * (g - mean)}. */
  private static void subtractAndScale(
      MemorySegment ys, long y, MemorySegment gs, long g, int n, float mean) {
    MemorySegment a = NATIVE.cast(ys);
    MemorySegment b = NATIVE.cast(gs);
    FloatVector m = broadcast(FLOATS, mean);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, b, g + i * FLOAT, ORDER).sub(m);
      v = v.mul(fromMemorySegment(FLOATS, a, y + i * FLOAT, ORDER));
      if (n - i >= COUNT) {
        v.intoMemorySegment(b, g + i * FLOAT, ORDER);
      } else {
        v.intoMemorySegment(b, g + i * FLOAT, ORDER, first(n - i));
      }
    }
  }
}
