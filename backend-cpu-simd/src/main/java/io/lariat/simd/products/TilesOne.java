package io.lariat.simd.products;

import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.FLOAT_LAYOUT;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Register tiles one vector wide, for narrow results and remainders; see {@link Tiles} for what
 * they compute.
 */
final class TilesOne {

  private TilesOne() {}

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
    FloatVector c10 = c00;
    FloatVector c20 = c00;
    FloatVector c30 = c00;
    FloatVector c40 = c00;
    FloatVector c50 = c00;
    FloatVector c60 = c00;
    FloatVector c70 = c00;
    long xk = a;
    long yk = o.bAt;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromMemorySegment(FLOATS, y, yk, ORDER);
      FloatVector a0 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk));
      c00 = a0.fma(b0, c00);
      FloatVector a1 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + aRow));
      c10 = a1.fma(b0, c10);
      FloatVector a2 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 2 * aRow));
      c20 = a2.fma(b0, c20);
      FloatVector a3 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 3 * aRow));
      c30 = a3.fma(b0, c30);
      FloatVector a4 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 4 * aRow));
      c40 = a4.fma(b0, c40);
      FloatVector a5 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 5 * aRow));
      c50 = a5.fma(b0, c50);
      FloatVector a6 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 6 * aRow));
      c60 = a6.fma(b0, c60);
      FloatVector a7 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 7 * aRow));
      c70 = a7.fma(b0, c70);
      xk += aStep;
      yk += bStep;
    }
    c00.intoMemorySegment(z, c, ORDER);
    c10.intoMemorySegment(z, c + cRow, ORDER);
    c20.intoMemorySegment(z, c + 2 * cRow, ORDER);
    c30.intoMemorySegment(z, c + 3 * cRow, ORDER);
    c40.intoMemorySegment(z, c + 4 * cRow, ORDER);
    c50.intoMemorySegment(z, c + 5 * cRow, ORDER);
    c60.intoMemorySegment(z, c + 6 * cRow, ORDER);
    c70.intoMemorySegment(z, c + 7 * cRow, ORDER);
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
    FloatVector c10 = c00;
    FloatVector c20 = c00;
    FloatVector c30 = c00;
    long xk = a;
    long yk = o.bAt;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromMemorySegment(FLOATS, y, yk, ORDER);
      FloatVector a0 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk));
      c00 = a0.fma(b0, c00);
      FloatVector a1 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + aRow));
      c10 = a1.fma(b0, c10);
      FloatVector a2 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 2 * aRow));
      c20 = a2.fma(b0, c20);
      FloatVector a3 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 3 * aRow));
      c30 = a3.fma(b0, c30);
      xk += aStep;
      yk += bStep;
    }
    c00.intoMemorySegment(z, c, ORDER);
    c10.intoMemorySegment(z, c + cRow, ORDER);
    c20.intoMemorySegment(z, c + 2 * cRow, ORDER);
    c30.intoMemorySegment(z, c + 3 * cRow, ORDER);
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
    FloatVector c10 = c00;
    long xk = a;
    long yk = o.bAt;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromMemorySegment(FLOATS, y, yk, ORDER);
      FloatVector a0 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk));
      c00 = a0.fma(b0, c00);
      FloatVector a1 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + aRow));
      c10 = a1.fma(b0, c10);
      xk += aStep;
      yk += bStep;
    }
    c00.intoMemorySegment(z, c, ORDER);
    c10.intoMemorySegment(z, c + cRow, ORDER);
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
    long xk = a;
    long yk = o.bAt;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromMemorySegment(FLOATS, y, yk, ORDER);
      FloatVector a0 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk));
      c00 = a0.fma(b0, c00);
      xk += aStep;
      yk += bStep;
    }
    c00.intoMemorySegment(z, c, ORDER);
  }
}
