package io.lariat.simd.products;

import static io.lariat.simd.machine.Lanes.BYTES;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.FLOAT_LAYOUT;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Register tiles two vectors wide; see {@link Tiles} for what they compute and why they look as
 * they do.
 *
 * <p>Eight rows are for 32 registers, six rows for the 16 of AVX2 (12 accumulators, 2 vectors of B,
 * a broadcast).
 */
final class TilesTwo {

  private TilesTwo() {}

  /** Eight rows. */
  static void rows8(Operands o, long a, long c) {
    MemorySegment x = NATIVE.cast(o.a);
    MemorySegment y = NATIVE.cast(o.b);
    MemorySegment s = NATIVE.cast(o.start);
    MemorySegment z = NATIVE.cast(o.c);
    long aRow = o.aRow;
    long cRow = o.cRow;
    long start = o.startAt;
    long aStep = o.aStep;
    long bStep = o.bStep;
    int depth = o.depth;
    FloatVector c00 = fromMemorySegment(FLOATS, s, start, ORDER);
    FloatVector c01 = fromMemorySegment(FLOATS, s, start + BYTES, ORDER);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    FloatVector c40 = c00;
    FloatVector c41 = c01;
    FloatVector c50 = c00;
    FloatVector c51 = c01;
    FloatVector c60 = c00;
    FloatVector c61 = c01;
    FloatVector c70 = c00;
    FloatVector c71 = c01;
    long xk = a;
    long yk = o.bAt;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromMemorySegment(FLOATS, y, yk, ORDER);
      FloatVector b1 = fromMemorySegment(FLOATS, y, yk + BYTES, ORDER);
      FloatVector a0 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + aRow));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 2 * aRow));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 3 * aRow));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 4 * aRow));
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 5 * aRow));
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 6 * aRow));
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 7 * aRow));
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      xk += aStep;
      yk += bStep;
    }
    c00.intoMemorySegment(z, c, ORDER);
    c01.intoMemorySegment(z, c + BYTES, ORDER);
    c10.intoMemorySegment(z, c + cRow, ORDER);
    c11.intoMemorySegment(z, c + cRow + BYTES, ORDER);
    c20.intoMemorySegment(z, c + 2 * cRow, ORDER);
    c21.intoMemorySegment(z, c + 2 * cRow + BYTES, ORDER);
    c30.intoMemorySegment(z, c + 3 * cRow, ORDER);
    c31.intoMemorySegment(z, c + 3 * cRow + BYTES, ORDER);
    c40.intoMemorySegment(z, c + 4 * cRow, ORDER);
    c41.intoMemorySegment(z, c + 4 * cRow + BYTES, ORDER);
    c50.intoMemorySegment(z, c + 5 * cRow, ORDER);
    c51.intoMemorySegment(z, c + 5 * cRow + BYTES, ORDER);
    c60.intoMemorySegment(z, c + 6 * cRow, ORDER);
    c61.intoMemorySegment(z, c + 6 * cRow + BYTES, ORDER);
    c70.intoMemorySegment(z, c + 7 * cRow, ORDER);
    c71.intoMemorySegment(z, c + 7 * cRow + BYTES, ORDER);
  }

  /** Six rows. */
  static void rows6(Operands o, long a, long c) {
    MemorySegment x = NATIVE.cast(o.a);
    MemorySegment y = NATIVE.cast(o.b);
    MemorySegment s = NATIVE.cast(o.start);
    MemorySegment z = NATIVE.cast(o.c);
    long aRow = o.aRow;
    long cRow = o.cRow;
    long start = o.startAt;
    long aStep = o.aStep;
    long bStep = o.bStep;
    int depth = o.depth;
    FloatVector c00 = fromMemorySegment(FLOATS, s, start, ORDER);
    FloatVector c01 = fromMemorySegment(FLOATS, s, start + BYTES, ORDER);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    FloatVector c40 = c00;
    FloatVector c41 = c01;
    FloatVector c50 = c00;
    FloatVector c51 = c01;
    long xk = a;
    long yk = o.bAt;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromMemorySegment(FLOATS, y, yk, ORDER);
      FloatVector b1 = fromMemorySegment(FLOATS, y, yk + BYTES, ORDER);
      FloatVector a0 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + aRow));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 2 * aRow));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 3 * aRow));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 4 * aRow));
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 5 * aRow));
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      xk += aStep;
      yk += bStep;
    }
    c00.intoMemorySegment(z, c, ORDER);
    c01.intoMemorySegment(z, c + BYTES, ORDER);
    c10.intoMemorySegment(z, c + cRow, ORDER);
    c11.intoMemorySegment(z, c + cRow + BYTES, ORDER);
    c20.intoMemorySegment(z, c + 2 * cRow, ORDER);
    c21.intoMemorySegment(z, c + 2 * cRow + BYTES, ORDER);
    c30.intoMemorySegment(z, c + 3 * cRow, ORDER);
    c31.intoMemorySegment(z, c + 3 * cRow + BYTES, ORDER);
    c40.intoMemorySegment(z, c + 4 * cRow, ORDER);
    c41.intoMemorySegment(z, c + 4 * cRow + BYTES, ORDER);
    c50.intoMemorySegment(z, c + 5 * cRow, ORDER);
    c51.intoMemorySegment(z, c + 5 * cRow + BYTES, ORDER);
  }

  /** Four rows. */
  static void rows4(Operands o, long a, long c) {
    MemorySegment x = NATIVE.cast(o.a);
    MemorySegment y = NATIVE.cast(o.b);
    MemorySegment s = NATIVE.cast(o.start);
    MemorySegment z = NATIVE.cast(o.c);
    long aRow = o.aRow;
    long cRow = o.cRow;
    long start = o.startAt;
    long aStep = o.aStep;
    long bStep = o.bStep;
    int depth = o.depth;
    FloatVector c00 = fromMemorySegment(FLOATS, s, start, ORDER);
    FloatVector c01 = fromMemorySegment(FLOATS, s, start + BYTES, ORDER);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    long xk = a;
    long yk = o.bAt;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromMemorySegment(FLOATS, y, yk, ORDER);
      FloatVector b1 = fromMemorySegment(FLOATS, y, yk + BYTES, ORDER);
      FloatVector a0 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + aRow));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 2 * aRow));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 3 * aRow));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      xk += aStep;
      yk += bStep;
    }
    c00.intoMemorySegment(z, c, ORDER);
    c01.intoMemorySegment(z, c + BYTES, ORDER);
    c10.intoMemorySegment(z, c + cRow, ORDER);
    c11.intoMemorySegment(z, c + cRow + BYTES, ORDER);
    c20.intoMemorySegment(z, c + 2 * cRow, ORDER);
    c21.intoMemorySegment(z, c + 2 * cRow + BYTES, ORDER);
    c30.intoMemorySegment(z, c + 3 * cRow, ORDER);
    c31.intoMemorySegment(z, c + 3 * cRow + BYTES, ORDER);
  }

  /** Two rows. */
  static void rows2(Operands o, long a, long c) {
    MemorySegment x = NATIVE.cast(o.a);
    MemorySegment y = NATIVE.cast(o.b);
    MemorySegment s = NATIVE.cast(o.start);
    MemorySegment z = NATIVE.cast(o.c);
    long aRow = o.aRow;
    long cRow = o.cRow;
    long start = o.startAt;
    long aStep = o.aStep;
    long bStep = o.bStep;
    int depth = o.depth;
    FloatVector c00 = fromMemorySegment(FLOATS, s, start, ORDER);
    FloatVector c01 = fromMemorySegment(FLOATS, s, start + BYTES, ORDER);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    long xk = a;
    long yk = o.bAt;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromMemorySegment(FLOATS, y, yk, ORDER);
      FloatVector b1 = fromMemorySegment(FLOATS, y, yk + BYTES, ORDER);
      FloatVector a0 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + aRow));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      xk += aStep;
      yk += bStep;
    }
    c00.intoMemorySegment(z, c, ORDER);
    c01.intoMemorySegment(z, c + BYTES, ORDER);
    c10.intoMemorySegment(z, c + cRow, ORDER);
    c11.intoMemorySegment(z, c + cRow + BYTES, ORDER);
  }

  /** One row. */
  static void rows1(Operands o, long a, long c) {
    MemorySegment x = NATIVE.cast(o.a);
    MemorySegment y = NATIVE.cast(o.b);
    MemorySegment s = NATIVE.cast(o.start);
    MemorySegment z = NATIVE.cast(o.c);
    long start = o.startAt;
    long aStep = o.aStep;
    long bStep = o.bStep;
    int depth = o.depth;
    FloatVector c00 = fromMemorySegment(FLOATS, s, start, ORDER);
    FloatVector c01 = fromMemorySegment(FLOATS, s, start + BYTES, ORDER);
    long xk = a;
    long yk = o.bAt;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromMemorySegment(FLOATS, y, yk, ORDER);
      FloatVector b1 = fromMemorySegment(FLOATS, y, yk + BYTES, ORDER);
      FloatVector a0 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      xk += aStep;
      yk += bStep;
    }
    c00.intoMemorySegment(z, c, ORDER);
    c01.intoMemorySegment(z, c + BYTES, ORDER);
  }
}
