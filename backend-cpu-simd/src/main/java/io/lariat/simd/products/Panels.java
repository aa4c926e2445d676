package io.lariat.simd.products;

import static io.lariat.simd.machine.Lanes.BYTES;
import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.FLOAT_LAYOUT;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static io.lariat.simd.machine.Lanes.first;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * What is done to panels before and after the tiles.
 *
 * <p>Before: copies a panel of the right operand, some columns wide and a block of the depth high,
 * into a thread's scratch memory: because it has to be transposed, or because its rows lie so far
 * apart that every one is on another page.
 */
final class Panels {

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final boolean IS_LITTLE_ENDIAN = ORDER == ByteOrder.LITTLE_ENDIAN;
  private static final FloatVector ZERO = FloatVector.zero(FLOATS);

  private Panels() {}

  /** The distance of a packed panel's rows, in bytes. */
  static long stride(int vectors) {
    return vectors * BYTES;
  }

  /**
   * Copies a panel as it is, two vectors side by side.
   *
   * @param b the operand, row k of the panel at {@code at + k * row}
   * @param vectors the panel's width; what lies behind the last column comes along
   */
  static void copy(
      MemorySegment b, long at, long row, int depth, int vectors, MemorySegment to, long toAt) {
    long stride = stride(vectors);
    int v = 0;
    for (; v <= vectors - 2; v += 2) {
      copyTwo(b, at + v * BYTES, row, depth, to, toAt + v * BYTES, stride);
    }
    if (v < vectors) {
      copyOne(b, at + v * BYTES, row, depth, to, toAt + v * BYTES, stride);
    }
  }

  private static void copyTwo(
      MemorySegment b, long at, long row, int depth, MemorySegment to, long toAt, long stride) {
    MemorySegment x = NATIVE.cast(b);
    MemorySegment z = NATIVE.cast(to);
    for (int k = 0; k < depth; k++) {
      FloatVector v0 = fromMemorySegment(FLOATS, x, at + k * row, ORDER);
      FloatVector v1 = fromMemorySegment(FLOATS, x, at + k * row + BYTES, ORDER);
      v0.intoMemorySegment(z, toAt + k * stride, ORDER);
      v1.intoMemorySegment(z, toAt + k * stride + BYTES, ORDER);
    }
  }

  private static void copyOne(
      MemorySegment b, long at, long row, int depth, MemorySegment to, long toAt, long stride) {
    MemorySegment x = NATIVE.cast(b);
    MemorySegment z = NATIVE.cast(to);
    for (int k = 0; k < depth; k++) {
      fromMemorySegment(FLOATS, x, at + k * row, ORDER)
          .intoMemorySegment(z, toAt + k * stride, ORDER);
    }
  }

  /**
   * Transposes a panel: column j of the panel is the part of {@code depth} floats at {@code at + j
   * * row}. Columns behind the last are left as they are, for nothing of them is stored.
   *
   * <p>Whole squares by {@link Transposition}; what is left at the edges by scalar code, four
   * columns at a time and two floats a store, because the stores are what it waits for.
   */
  static void transpose(
      MemorySegment b,
      long at,
      long row,
      int depth,
      int columns,
      MemorySegment to,
      long toAt,
      long stride,
      MemorySegment scratch) {
    int square = depth - depth % COUNT;
    int j = 0;
    for (; j + COUNT <= columns; j += COUNT) {
      for (int k = 0; k < square; k += COUNT) {
        long corner = at + j * row + k * FLOAT;
        Transposition.square(b, corner, row, to, toAt + k * stride + j * FLOAT, stride, scratch);
      }
      for (int i = j; i < j + COUNT && square < depth; i += 4) {
        long rest = at + i * row + square * FLOAT;
        long toRest = toAt + square * stride + i * FLOAT;
        transposeFour(b, rest, row, depth - square, to, toRest, stride);
      }
    }
    for (; j + 4 <= columns; j += 4) {
      transposeFour(b, at + j * row, row, depth, to, toAt + j * FLOAT, stride);
    }
    for (; j < columns; j++) {
      transposeOne(b, at + j * row, depth, to, toAt + j * FLOAT, stride);
    }
  }

  private static void transposeFour(
      MemorySegment b, long at, long row, int depth, MemorySegment to, long toAt, long stride) {
    MemorySegment x = NATIVE.cast(b);
    MemorySegment z = NATIVE.cast(to);
    for (int k = 0; k < depth; k++) {
      long from = at + k * FLOAT;
      int c0 = x.get(INT, from);
      int c1 = x.get(INT, from + row);
      int c2 = x.get(INT, from + 2 * row);
      int c3 = x.get(INT, from + 3 * row);
      z.set(LONG, toAt + k * stride, pair(c0, c1));
      z.set(LONG, toAt + k * stride + 2 * FLOAT, pair(c2, c3));
    }
  }

  /** Two floats' bits as they lie side by side in memory. */
  private static long pair(int first, int second) {
    return IS_LITTLE_ENDIAN
        ? (first & 0xFFFFFFFFL) | ((long) second << 32)
        : (second & 0xFFFFFFFFL) | ((long) first << 32);
  }

  private static void transposeOne(
      MemorySegment b, long at, int depth, MemorySegment to, long toAt, long stride) {
    MemorySegment x = NATIVE.cast(b);
    MemorySegment z = NATIVE.cast(to);
    for (int k = 0; k < depth; k++) {
      z.set(FLOAT_LAYOUT, toAt + k * stride, x.get(FLOAT_LAYOUT, at + k * FLOAT));
    }
  }

  /**
   * Brings a panel of results to its place: {@code c = panel} or {@code c = c + panel}, of that the
   * positive part if a ReLU follows. In place if the panel is c.
   *
   * <p>Down the columns, a vector wide: a loop along the few vectors of a row takes five times as
   * long.
   *
   * @param n the panel's width
   */
  static void finish(
      MemorySegment panel,
      long at,
      long stride,
      int rows,
      int n,
      boolean adds,
      boolean isRelu,
      MemorySegment cs,
      long c,
      long cRow) {
    int i = 0;
    for (; i <= n - COUNT; i += COUNT) {
      long from = at + i * FLOAT;
      finishColumn(panel, from, stride, rows, adds, isRelu, cs, c + i * FLOAT, cRow);
    }
    if (i < n) {
      VectorMask<Float> inside = first(n - i);
      long from = at + i * FLOAT;
      finishColumn(panel, from, stride, rows, inside, adds, isRelu, cs, c + i * FLOAT, cRow);
    }
  }

  private static void finishColumn(
      MemorySegment panel,
      long at,
      long stride,
      int rows,
      boolean adds,
      boolean isRelu,
      MemorySegment cs,
      long c,
      long cRow) {
    MemorySegment x = NATIVE.cast(panel);
    MemorySegment z = NATIVE.cast(cs);
    for (int r = 0; r < rows; r++) {
      FloatVector v = fromMemorySegment(FLOATS, x, at + r * stride, ORDER);
      if (adds) {
        v = v.add(fromMemorySegment(FLOATS, z, c + r * cRow, ORDER));
      }
      if (isRelu) {
        v = v.blend(ZERO, v.lt(ZERO)); // max(0f) costs twice as much, for the sake of -0
      }
      v.intoMemorySegment(z, c + r * cRow, ORDER);
    }
  }

  private static void finishColumn(
      MemorySegment panel,
      long at,
      long stride,
      int rows,
      VectorMask<Float> inside,
      boolean adds,
      boolean isRelu,
      MemorySegment cs,
      long c,
      long cRow) {
    MemorySegment x = NATIVE.cast(panel);
    MemorySegment z = NATIVE.cast(cs);
    for (int r = 0; r < rows; r++) {
      FloatVector v = fromMemorySegment(FLOATS, x, at + r * stride, ORDER);
      if (adds) {
        v = v.add(fromMemorySegment(FLOATS, z, c + r * cRow, ORDER));
      }
      if (isRelu) {
        v = v.blend(ZERO, v.lt(ZERO));
      }
      v.intoMemorySegment(z, c + r * cRow, ORDER, inside);
    }
  }
}
