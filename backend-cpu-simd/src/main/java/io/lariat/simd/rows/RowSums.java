package io.lariat.simd.rows;

import static io.lariat.simd.machine.Lanes.BYTES;
import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static io.lariat.simd.machine.Lanes.first;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.lariat.backend.Matrix;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.Job;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** The sum of a matrix's rows, each column from the first row to the last. */
public final class RowSums extends Job {

  /** Vectors of columns at a time: as many additions under way as one takes cycles. */
  private static final int VECTORS = 4;

  private MemorySegment x = MemorySegment.NULL;
  private MemorySegment out = MemorySegment.NULL;
  private long xAt;
  private long outAt;
  private int rows;
  private int cols;

  /** Sets up {@code to[1 x cols] = sum of from's rows}. */
  public RowSums of(Matrix from, Matrix to) {
    x = SimdStorage.memory(from);
    xAt = SimdStorage.at(from);
    out = SimdStorage.memory(to);
    outAt = SimdStorage.at(to);
    rows = from.rows();
    cols = from.cols();
    reads(from, Split.WHOLE);
    writes(to, Split.WHOLE);
    return this;
  }

  @Override
  public void run(int part, int parts, Scratch scratch) {
    int end = (int) begin(cols, COUNT, part + 1, parts);
    int j = (int) begin(cols, COUNT, part, parts);
    for (; j + VECTORS * COUNT <= end; j += VECTORS * COUNT) {
      fourVectors(x, xAt + j * FLOAT, cols * FLOAT, rows, out, outAt + j * FLOAT);
    }
    for (; j < end; j += COUNT) {
      oneVector(x, xAt + j * FLOAT, cols * FLOAT, rows, out, outAt + j * FLOAT, end - j);
    }
  }

  private static void fourVectors(
      MemorySegment xs, long x, long stride, int rows, MemorySegment outs, long out) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment b = NATIVE.cast(outs);
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = FloatVector.zero(FLOATS);
    FloatVector s2 = FloatVector.zero(FLOATS);
    FloatVector s3 = FloatVector.zero(FLOATS);
    for (int i = 0; i < rows; i++) {
      long row = x + i * stride;
      s0 = s0.add(fromMemorySegment(FLOATS, a, row, ORDER));
      s1 = s1.add(fromMemorySegment(FLOATS, a, row + BYTES, ORDER));
      s2 = s2.add(fromMemorySegment(FLOATS, a, row + 2 * BYTES, ORDER));
      s3 = s3.add(fromMemorySegment(FLOATS, a, row + 3 * BYTES, ORDER));
    }
    s0.intoMemorySegment(b, out, ORDER);
    s1.intoMemorySegment(b, out + BYTES, ORDER);
    s2.intoMemorySegment(b, out + 2 * BYTES, ORDER);
    s3.intoMemorySegment(b, out + 3 * BYTES, ORDER);
  }

  private static void oneVector(
      MemorySegment xs, long x, long stride, int rows, MemorySegment outs, long out, int n) {
    MemorySegment a = NATIVE.cast(xs);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < rows; i++) {
      sum = sum.add(fromMemorySegment(FLOATS, a, x + i * stride, ORDER));
    }
    sum.intoMemorySegment(NATIVE.cast(outs), out, ORDER, first(Math.min(COUNT, n)));
  }
}
