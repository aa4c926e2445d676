package io.lariat.simd.products;

import static io.lariat.simd.machine.Lanes.BYTES;
import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.FLOAT_LAYOUT;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static io.lariat.simd.machine.Lanes.first;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.lariat.backend.Checks;
import io.lariat.backend.Matrix;
import io.lariat.backend.SparseMatrix;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.Job;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdIndices;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * A sparse matrix, by compressed rows, times a dense one: a row of the result is a sum of a few
 * rows of the right operand, each times an element of the left. A strip of it stays in registers,
 * up to eight vectors: as many additions under way as keep the multipliers busy.
 */
public final class SparseProduct extends Job {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final int WIDE = 8;
  private static final int MIDDLE = 4;

  private @Nullable SparseMatrix a;
  private @Nullable SimdIndices starts;
  private @Nullable SimdIndices columns;
  private MemorySegment b = MemorySegment.NULL;
  private MemorySegment out = MemorySegment.NULL;
  private long bAt;
  private long outAt;
  private int rows;
  private int cols;

  /** Sets up {@code to = left right}; the indices are those of {@code left}. */
  public SparseProduct of(
      SparseMatrix left, SimdIndices leftStarts, SimdIndices leftColumns, Matrix right, Matrix to) {
    a = left;
    starts = leftStarts;
    columns = leftColumns;
    b = SimdStorage.memory(right);
    bAt = SimdStorage.at(right);
    out = SimdStorage.memory(to);
    outAt = SimdStorage.at(to);
    rows = to.rows();
    cols = to.cols();
    reads(left.values(), Split.WHOLE);
    reads(right, Split.WHOLE);
    writes(to, Split.ROWS);
    return this;
  }

  /** How many multiplications it can be at most. */
  public long work() {
    return (long) Objects.requireNonNull(columns).length() * cols;
  }

  /** Checks all places, before anything is written. */
  @Override
  public void begin() {
    SparseMatrix left = Objects.requireNonNull(a);
    SimdIndices s = Objects.requireNonNull(starts);
    SimdIndices c = Objects.requireNonNull(columns);
    s.requireOpen();
    c.requireOpen();
    int before = 0;
    boolean isRight = s.get(0) == 0;
    for (int i = 0; i <= rows; i++) {
      isRight &= s.get(i) >= before;
      before = s.get(i);
    }
    if (!isRight || before > c.length() || !areBelow(c, before, left.cols())) {
      throw Checks.places(left);
    }
  }

  /** Whether the first {@code n} of {@code numbers} are in [0, bound); no branch in the loop. */
  private static boolean areBelow(SimdIndices numbers, int n, int bound) {
    MemorySegment memory = NATIVE.cast(numbers.memory());
    long at = numbers.at();
    int negative = 0;
    for (int k = 0; k < n; k++) {
      int column = memory.get(INT, at + k * FLOAT);
      negative |= column | (bound - 1 - column);
    }
    return negative >= 0;
  }

  @Override
  public void run(int part, int parts, Scratch scratch) {
    SimdIndices s = Objects.requireNonNull(starts);
    SimdIndices c = Objects.requireNonNull(columns);
    Matrix values = Objects.requireNonNull(a).values();
    MemorySegment vs = SimdStorage.memory(values);
    int end = (int) begin(rows, 1, part + 1, parts);
    for (int i = (int) begin(rows, 1, part, parts); i < end; i++) {
      int from = s.get(i);
      int n = s.get(i + 1) - from;
      long column = c.at() + from * FLOAT;
      long value = SimdStorage.at(values) + from * FLOAT;
      row(c.memory(), column, vs, value, n, outAt + i * (cols * FLOAT));
    }
  }

  private void row(MemorySegment cs, long column, MemorySegment vs, long value, int n, long to) {
    long stride = cols * FLOAT;
    int j = 0;
    for (; j + WIDE * COUNT <= cols; j += WIDE * COUNT) {
      wide(cs, column, vs, value, n, b, bAt + j * FLOAT, stride, out, to + j * FLOAT);
    }
    for (; j + MIDDLE * COUNT <= cols; j += MIDDLE * COUNT) {
      middle(cs, column, vs, value, n, b, bAt + j * FLOAT, stride, out, to + j * FLOAT);
    }
    for (; j < cols; j += COUNT) {
      one(cs, column, vs, value, n, b, bAt + j * FLOAT, stride, out, to + j * FLOAT, cols - j);
    }
  }

  private static void wide(
      MemorySegment cs,
      long column,
      MemorySegment vs,
      long value,
      int n,
      MemorySegment bs,
      long b,
      long stride,
      MemorySegment outs,
      long out) {
    MemorySegment c = NATIVE.cast(cs);
    MemorySegment v = NATIVE.cast(vs);
    MemorySegment y = NATIVE.cast(bs);
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int k = 0; k < n; k++) {
      FloatVector x = broadcast(FLOATS, v.get(FLOAT_LAYOUT, value + k * FLOAT));
      long at = b + c.get(INT, column + k * FLOAT) * stride;
      s0 = fromMemorySegment(FLOATS, y, at, ORDER).fma(x, s0);
      s1 = fromMemorySegment(FLOATS, y, at + BYTES, ORDER).fma(x, s1);
      s2 = fromMemorySegment(FLOATS, y, at + 2 * BYTES, ORDER).fma(x, s2);
      s3 = fromMemorySegment(FLOATS, y, at + 3 * BYTES, ORDER).fma(x, s3);
      s4 = fromMemorySegment(FLOATS, y, at + 4 * BYTES, ORDER).fma(x, s4);
      s5 = fromMemorySegment(FLOATS, y, at + 5 * BYTES, ORDER).fma(x, s5);
      s6 = fromMemorySegment(FLOATS, y, at + 6 * BYTES, ORDER).fma(x, s6);
      s7 = fromMemorySegment(FLOATS, y, at + 7 * BYTES, ORDER).fma(x, s7);
    }
    MemorySegment z = NATIVE.cast(outs);
    s0.intoMemorySegment(z, out, ORDER);
    s1.intoMemorySegment(z, out + BYTES, ORDER);
    s2.intoMemorySegment(z, out + 2 * BYTES, ORDER);
    s3.intoMemorySegment(z, out + 3 * BYTES, ORDER);
    s4.intoMemorySegment(z, out + 4 * BYTES, ORDER);
    s5.intoMemorySegment(z, out + 5 * BYTES, ORDER);
    s6.intoMemorySegment(z, out + 6 * BYTES, ORDER);
    s7.intoMemorySegment(z, out + 7 * BYTES, ORDER);
  }

  private static void middle(
      MemorySegment cs,
      long column,
      MemorySegment vs,
      long value,
      int n,
      MemorySegment bs,
      long b,
      long stride,
      MemorySegment outs,
      long out) {
    MemorySegment c = NATIVE.cast(cs);
    MemorySegment v = NATIVE.cast(vs);
    MemorySegment y = NATIVE.cast(bs);
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int k = 0; k < n; k++) {
      FloatVector x = broadcast(FLOATS, v.get(FLOAT_LAYOUT, value + k * FLOAT));
      long at = b + c.get(INT, column + k * FLOAT) * stride;
      s0 = fromMemorySegment(FLOATS, y, at, ORDER).fma(x, s0);
      s1 = fromMemorySegment(FLOATS, y, at + BYTES, ORDER).fma(x, s1);
      s2 = fromMemorySegment(FLOATS, y, at + 2 * BYTES, ORDER).fma(x, s2);
      s3 = fromMemorySegment(FLOATS, y, at + 3 * BYTES, ORDER).fma(x, s3);
    }
    MemorySegment z = NATIVE.cast(outs);
    s0.intoMemorySegment(z, out, ORDER);
    s1.intoMemorySegment(z, out + BYTES, ORDER);
    s2.intoMemorySegment(z, out + 2 * BYTES, ORDER);
    s3.intoMemorySegment(z, out + 3 * BYTES, ORDER);
  }

  private static void one(
      MemorySegment cs,
      long column,
      MemorySegment vs,
      long value,
      int n,
      MemorySegment bs,
      long b,
      long stride,
      MemorySegment outs,
      long out,
      int width) {
    MemorySegment c = NATIVE.cast(cs);
    MemorySegment v = NATIVE.cast(vs);
    MemorySegment y = NATIVE.cast(bs);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int k = 0; k < n; k++) {
      FloatVector x = broadcast(FLOATS, v.get(FLOAT_LAYOUT, value + k * FLOAT));
      long at = b + c.get(INT, column + k * FLOAT) * stride;
      sum = fromMemorySegment(FLOATS, y, at, ORDER).fma(x, sum);
    }
    sum.intoMemorySegment(NATIVE.cast(outs), out, ORDER, first(Math.min(COUNT, width)));
  }
}
