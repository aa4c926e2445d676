package io.lariat.simd;

import static io.lariat.simd.Lanes.COUNT;
import static io.lariat.simd.Lanes.FLOAT;
import static io.lariat.simd.Lanes.FLOATS;
import static io.lariat.simd.Lanes.FLOAT_LAYOUT;
import static io.lariat.simd.Lanes.NATIVE;
import static io.lariat.simd.Lanes.ORDER;
import static io.lariat.simd.Lanes.first;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.lariat.backend.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/** What is done to each row by itself: adding a bias, gathering, scattering, counting zeros. */
final class RowOperations extends Job {

  /** Which of them. */
  private enum Kind {
    ADD_BIAS,
    GATHER,
    SCATTER,
    COUNT_ZEROS
  }

  private static final FloatVector ZERO = FloatVector.zero(FLOATS);

  private Kind kind = Kind.GATHER;
  private MemorySegment x = MemorySegment.NULL;
  private MemorySegment bias = MemorySegment.NULL;
  private MemorySegment out = MemorySegment.NULL;
  private long xAt;
  private long biasAt;
  private long outAt;
  private @Nullable SimdIndices numbers;
  private int rows;
  private int cols;

  /** Sets up {@code to = from + b}. */
  RowOperations addBias(Matrix from, Matrix b, Matrix to) {
    set(Kind.ADD_BIAS, from, to, from.rows());
    bias = SimdStorage.memory(b);
    biasAt = SimdStorage.at(b);
    return this;
  }

  /** Sets up {@code to[i] = from[which[i]]}; the row numbers have been checked. */
  RowOperations gather(Matrix from, SimdIndices which, Matrix to) {
    numbers = which;
    return set(Kind.GATHER, from, to, which.length());
  }

  /** Sets up {@code to[which[i]] = from[i]}; the row numbers have been checked. */
  RowOperations scatter(Matrix from, SimdIndices which, Matrix to) {
    numbers = which;
    return set(Kind.SCATTER, from, to, which.length());
  }

  /** Sets up {@code to[rows x 1]}, the number of zeros in each row. */
  RowOperations countZeros(Matrix from, Matrix to) {
    return set(Kind.COUNT_ZEROS, from, to, from.rows());
  }

  private RowOperations set(Kind which, Matrix from, Matrix to, int count) {
    kind = which;
    x = SimdStorage.memory(from);
    xAt = SimdStorage.at(from);
    out = SimdStorage.memory(to);
    outAt = SimdStorage.at(to);
    rows = count;
    cols = from.cols();
    return this;
  }

  @Override
  void run(int part, int parts, Scratch scratch) {
    int end = (int) begin(rows, 1, part + 1, parts);
    long stride = cols * FLOAT;
    for (int i = (int) begin(rows, 1, part, parts); i < end; i++) {
      switch (kind) {
        case ADD_BIAS -> add(x, xAt + i * stride, bias, biasAt, out, outAt + i * stride, cols);
        case GATHER -> copy(x, xAt + number(i) * stride, out, outAt + i * stride, cols);
        case SCATTER -> copy(x, xAt + i * stride, out, outAt + number(i) * stride, cols);
        case COUNT_ZEROS ->
            out.set(FLOAT_LAYOUT, outAt + i * FLOAT, zeros(x, xAt + i * stride, cols));
      }
    }
  }

  private long number(int i) {
    return numbers == null ? i : numbers.get(i);
  }

  private static void add(
      MemorySegment xs,
      long x,
      MemorySegment biases,
      long bias,
      MemorySegment outs,
      long out,
      int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment b = NATIVE.cast(biases);
    MemorySegment c = NATIVE.cast(outs);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      v = v.add(fromMemorySegment(FLOATS, b, bias + i * FLOAT, ORDER));
      if (n - i >= COUNT) {
        v.intoMemorySegment(c, out + i * FLOAT, ORDER);
      } else {
        v.intoMemorySegment(c, out + i * FLOAT, ORDER, first(n - i));
      }
    }
  }

  private static void copy(MemorySegment xs, long x, MemorySegment outs, long out, int n) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment c = NATIVE.cast(outs);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      if (n - i >= COUNT) {
        v.intoMemorySegment(c, out + i * FLOAT, ORDER);
      } else {
        v.intoMemorySegment(c, out + i * FLOAT, ORDER, first(n - i));
      }
    }
  }

  private static int zeros(MemorySegment xs, long x, int n) {
    MemorySegment a = NATIVE.cast(xs);
    int count = 0;
    int i = 0;
    for (; i <= n - COUNT; i += COUNT) {
      count += fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER).eq(ZERO).trueCount();
    }
    if (i < n) {
      FloatVector v = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER);
      count += v.eq(ZERO).and(first(n - i)).trueCount();
    }
    return count;
  }
}
