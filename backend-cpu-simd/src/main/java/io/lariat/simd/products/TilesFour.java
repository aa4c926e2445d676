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
 * Register tiles four vectors wide; see {@link Tiles} for what they compute and why they look as
 * they do.
 *
 * <p>Five rows: 20 accumulators, 4 vectors of B, and one register for the broadcasts, which C2
 * loads just before their use. Best tile measured at 512 bits (Zen 4: 0.97 of the peak, where 7 x 3
 * vectors reach 0.95 and 8 x 2 reach 0.90), and widths of 64 and 128 columns are whole panels of
 * it. Six rows would fit the registers, but are too much for C2's inlining ({@link Tiles}).
 */
final class TilesFour {

  private TilesFour() {}

  /** Five rows. */
  static void rows5(Operands o, long a, long c) {
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
    FloatVector c02 = fromMemorySegment(FLOATS, s, start + 2 * BYTES, ORDER);
    FloatVector c03 = fromMemorySegment(FLOATS, s, start + 3 * BYTES, ORDER);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c12 = c02;
    FloatVector c13 = c03;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c22 = c02;
    FloatVector c23 = c03;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    FloatVector c32 = c02;
    FloatVector c33 = c03;
    FloatVector c40 = c00;
    FloatVector c41 = c01;
    FloatVector c42 = c02;
    FloatVector c43 = c03;
    long xk = a;
    long yk = o.bAt;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromMemorySegment(FLOATS, y, yk, ORDER);
      FloatVector b1 = fromMemorySegment(FLOATS, y, yk + BYTES, ORDER);
      FloatVector b2 = fromMemorySegment(FLOATS, y, yk + 2 * BYTES, ORDER);
      FloatVector b3 = fromMemorySegment(FLOATS, y, yk + 3 * BYTES, ORDER);
      FloatVector a0 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + aRow));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 2 * aRow));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 3 * aRow));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      FloatVector a4 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 4 * aRow));
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      c43 = a4.fma(b3, c43);
      xk += aStep;
      yk += bStep;
    }
    c00.intoMemorySegment(z, c, ORDER);
    c01.intoMemorySegment(z, c + BYTES, ORDER);
    c02.intoMemorySegment(z, c + 2 * BYTES, ORDER);
    c03.intoMemorySegment(z, c + 3 * BYTES, ORDER);
    c10.intoMemorySegment(z, c + cRow, ORDER);
    c11.intoMemorySegment(z, c + cRow + BYTES, ORDER);
    c12.intoMemorySegment(z, c + cRow + 2 * BYTES, ORDER);
    c13.intoMemorySegment(z, c + cRow + 3 * BYTES, ORDER);
    c20.intoMemorySegment(z, c + 2 * cRow, ORDER);
    c21.intoMemorySegment(z, c + 2 * cRow + BYTES, ORDER);
    c22.intoMemorySegment(z, c + 2 * cRow + 2 * BYTES, ORDER);
    c23.intoMemorySegment(z, c + 2 * cRow + 3 * BYTES, ORDER);
    c30.intoMemorySegment(z, c + 3 * cRow, ORDER);
    c31.intoMemorySegment(z, c + 3 * cRow + BYTES, ORDER);
    c32.intoMemorySegment(z, c + 3 * cRow + 2 * BYTES, ORDER);
    c33.intoMemorySegment(z, c + 3 * cRow + 3 * BYTES, ORDER);
    c40.intoMemorySegment(z, c + 4 * cRow, ORDER);
    c41.intoMemorySegment(z, c + 4 * cRow + BYTES, ORDER);
    c42.intoMemorySegment(z, c + 4 * cRow + 2 * BYTES, ORDER);
    c43.intoMemorySegment(z, c + 4 * cRow + 3 * BYTES, ORDER);
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
    FloatVector c02 = fromMemorySegment(FLOATS, s, start + 2 * BYTES, ORDER);
    FloatVector c03 = fromMemorySegment(FLOATS, s, start + 3 * BYTES, ORDER);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c12 = c02;
    FloatVector c13 = c03;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c22 = c02;
    FloatVector c23 = c03;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    FloatVector c32 = c02;
    FloatVector c33 = c03;
    long xk = a;
    long yk = o.bAt;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromMemorySegment(FLOATS, y, yk, ORDER);
      FloatVector b1 = fromMemorySegment(FLOATS, y, yk + BYTES, ORDER);
      FloatVector b2 = fromMemorySegment(FLOATS, y, yk + 2 * BYTES, ORDER);
      FloatVector b3 = fromMemorySegment(FLOATS, y, yk + 3 * BYTES, ORDER);
      FloatVector a0 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + aRow));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 2 * aRow));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + 3 * aRow));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      xk += aStep;
      yk += bStep;
    }
    c00.intoMemorySegment(z, c, ORDER);
    c01.intoMemorySegment(z, c + BYTES, ORDER);
    c02.intoMemorySegment(z, c + 2 * BYTES, ORDER);
    c03.intoMemorySegment(z, c + 3 * BYTES, ORDER);
    c10.intoMemorySegment(z, c + cRow, ORDER);
    c11.intoMemorySegment(z, c + cRow + BYTES, ORDER);
    c12.intoMemorySegment(z, c + cRow + 2 * BYTES, ORDER);
    c13.intoMemorySegment(z, c + cRow + 3 * BYTES, ORDER);
    c20.intoMemorySegment(z, c + 2 * cRow, ORDER);
    c21.intoMemorySegment(z, c + 2 * cRow + BYTES, ORDER);
    c22.intoMemorySegment(z, c + 2 * cRow + 2 * BYTES, ORDER);
    c23.intoMemorySegment(z, c + 2 * cRow + 3 * BYTES, ORDER);
    c30.intoMemorySegment(z, c + 3 * cRow, ORDER);
    c31.intoMemorySegment(z, c + 3 * cRow + BYTES, ORDER);
    c32.intoMemorySegment(z, c + 3 * cRow + 2 * BYTES, ORDER);
    c33.intoMemorySegment(z, c + 3 * cRow + 3 * BYTES, ORDER);
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
    FloatVector c02 = fromMemorySegment(FLOATS, s, start + 2 * BYTES, ORDER);
    FloatVector c03 = fromMemorySegment(FLOATS, s, start + 3 * BYTES, ORDER);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c12 = c02;
    FloatVector c13 = c03;
    long xk = a;
    long yk = o.bAt;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromMemorySegment(FLOATS, y, yk, ORDER);
      FloatVector b1 = fromMemorySegment(FLOATS, y, yk + BYTES, ORDER);
      FloatVector b2 = fromMemorySegment(FLOATS, y, yk + 2 * BYTES, ORDER);
      FloatVector b3 = fromMemorySegment(FLOATS, y, yk + 3 * BYTES, ORDER);
      FloatVector a0 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk + aRow));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      xk += aStep;
      yk += bStep;
    }
    c00.intoMemorySegment(z, c, ORDER);
    c01.intoMemorySegment(z, c + BYTES, ORDER);
    c02.intoMemorySegment(z, c + 2 * BYTES, ORDER);
    c03.intoMemorySegment(z, c + 3 * BYTES, ORDER);
    c10.intoMemorySegment(z, c + cRow, ORDER);
    c11.intoMemorySegment(z, c + cRow + BYTES, ORDER);
    c12.intoMemorySegment(z, c + cRow + 2 * BYTES, ORDER);
    c13.intoMemorySegment(z, c + cRow + 3 * BYTES, ORDER);
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
    FloatVector c02 = fromMemorySegment(FLOATS, s, start + 2 * BYTES, ORDER);
    FloatVector c03 = fromMemorySegment(FLOATS, s, start + 3 * BYTES, ORDER);
    long xk = a;
    long yk = o.bAt;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = fromMemorySegment(FLOATS, y, yk, ORDER);
      FloatVector b1 = fromMemorySegment(FLOATS, y, yk + BYTES, ORDER);
      FloatVector b2 = fromMemorySegment(FLOATS, y, yk + 2 * BYTES, ORDER);
      FloatVector b3 = fromMemorySegment(FLOATS, y, yk + 3 * BYTES, ORDER);
      FloatVector a0 = broadcast(FLOATS, x.get(FLOAT_LAYOUT, xk));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      xk += aStep;
      yk += bStep;
    }
    c00.intoMemorySegment(z, c, ORDER);
    c01.intoMemorySegment(z, c + BYTES, ORDER);
    c02.intoMemorySegment(z, c + 2 * BYTES, ORDER);
    c03.intoMemorySegment(z, c + 3 * BYTES, ORDER);
  }
}
