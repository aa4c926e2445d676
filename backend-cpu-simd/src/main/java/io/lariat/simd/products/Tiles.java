package io.lariat.simd.products;

import io.lariat.simd.machine.Lanes;

/**
 * The inner loops of the matrix products: tiles of the result that are held in registers while the
 * whole depth is summed.
 *
 * <p>A tile of R rows and V vectors computes, for its rows i and columns j,
 *
 * <pre>{@code
 * c[i][j] = start[j] + a[i][0] * b[0][j] + a[i][1] * b[1][j] + ...
 * }</pre>
 *
 * with one fma a product, in the order of k. So an element's bits depend neither on the tile that
 * it falls into nor on the thread nor on the vectors' width.
 *
 * <p><b>The form of the kernels</b> is what C2 keeps in registers; their repetition is the price.
 * One static method a tile shape, every accumulator a named local, a plain loop over k without
 * manual unrolling (unrolled twice: 251 to 165 GFLOP/s), no arrays of vectors. Each load is
 * checked, and no load moves above the check before it, so a broadcast lives for a moment only:
 * {@code R * V + V + 1} must not exceed the number of vector registers, or accumulators are spilled
 * inside the loop. The methods are too big to be inlined into their callers, which keeps each one's
 * register allocation its own.
 *
 * <p>The kernels call the Vector API itself, not small methods around it: C2 stops inlining methods
 * other than the JDK's own once a compilation has grown to some 18,000 nodes, and one vector that
 * goes through the heap costs 20 times the whole tile (measured: 5 instead of 110 GFLOP/s). That
 * also bounds the tile: with 24 accumulators the last row's scalar load is a call, around which all
 * of them are spilled (6 x 4 vectors: 0.16 of the peak).
 *
 * <p>They do no more than this: no masks, no ReLU, no start from earlier results. With those the
 * widest ones were too big for C1 ("out of virtual registers"), which then never profiles them, and
 * in some runs C2 never saw them at all: 1 GFLOP/s for good. What is left is for {@link
 * Panels#finish}.
 *
 * <p>Loads read whole vectors, past the last column too (see {@link Lanes}); a panel whose width is
 * not whole vectors is computed into scratch memory.
 */
final class Tiles {

  /** The width of the widest tiles, in vectors: 5 x 4 with 32 registers, 6 x 2 with 16. */
  static final int MAX_VECTORS = Lanes.MANY_REGISTERS ? 4 : 2;

  /** The number of rows of the tallest tiles that are {@link #MAX_VECTORS} wide. */
  static final int ROWS = Lanes.MANY_REGISTERS ? 5 : 6;

  private static final int ROWS_OF_TWO = Lanes.MANY_REGISTERS ? 8 : 6;

  private Tiles() {}

  /**
   * How many vectors the next panel takes where {@code left} are left: as many as the widest tiles
   * have, but no single vector at the end if panels of three and two can be had instead.
   */
  static int panelVectors(int left) {
    return MAX_VECTORS == 4 && left == 5 ? 3 : Math.min(left, MAX_VECTORS);
  }

  /**
   * Computes a panel of the result, {@code rows} rows high.
   *
   * @param vectors its width in vectors, 1 to {@link #MAX_VECTORS}
   * @param a where the first row of the left operand is
   * @param c where the first row of the result is
   */
  static void panel(int vectors, Operands o, int rows, long a, long c) {
    switch (vectors) {
      case 4 -> four(o, rows, a, c);
      case 3 -> three(o, rows, a, c);
      case 2 -> two(o, rows, a, c);
      default -> one(o, rows, a, c);
    }
  }

  private static void four(Operands o, int rows, long a, long c) {
    // As many fours at the end as leave a multiple of five, rather than one, two or three rows.
    int fours = (5 - rows % 5) % 5;
    int fives = rows < 4 * fours ? 0 : rows - 4 * fours;
    int i = 0;
    for (; i < fives; i += 5) {
      TilesFour.rows5(o, a + i * o.aRow, c + i * o.cRow);
    }
    for (; i + 4 <= rows; i += 4) {
      TilesFour.rows4(o, a + i * o.aRow, c + i * o.cRow);
    }
    if ((rows - i & 2) != 0) {
      TilesFour.rows2(o, a + i * o.aRow, c + i * o.cRow);
      i += 2;
    }
    if (i < rows) {
      TilesFour.rows1(o, a + i * o.aRow, c + i * o.cRow);
    }
  }

  private static void three(Operands o, int rows, long a, long c) {
    int i = 0;
    for (; i + 7 <= rows; i += 7) {
      TilesThree.rows7(o, a + i * o.aRow, c + i * o.cRow);
    }
    if ((rows - i & 4) != 0) {
      TilesThree.rows4(o, a + i * o.aRow, c + i * o.cRow);
      i += 4;
    }
    if ((rows - i & 2) != 0) {
      TilesThree.rows2(o, a + i * o.aRow, c + i * o.cRow);
      i += 2;
    }
    if (i < rows) {
      TilesThree.rows1(o, a + i * o.aRow, c + i * o.cRow);
    }
  }

  private static void two(Operands o, int rows, long a, long c) {
    int i = 0;
    for (; i + ROWS_OF_TWO <= rows; i += ROWS_OF_TWO) {
      if (ROWS_OF_TWO == 8) {
        TilesTwo.rows8(o, a + i * o.aRow, c + i * o.cRow);
      } else {
        TilesTwo.rows6(o, a + i * o.aRow, c + i * o.cRow);
      }
    }
    if ((rows - i & 4) != 0) {
      TilesTwo.rows4(o, a + i * o.aRow, c + i * o.cRow);
      i += 4;
    }
    if ((rows - i & 2) != 0) {
      TilesTwo.rows2(o, a + i * o.aRow, c + i * o.cRow);
      i += 2;
    }
    if (i < rows) {
      TilesTwo.rows1(o, a + i * o.aRow, c + i * o.cRow);
    }
  }

  private static void one(Operands o, int rows, long a, long c) {
    int i = 0;
    for (; i + 8 <= rows; i += 8) {
      TilesOne.rows8(o, a + i * o.aRow, c + i * o.cRow);
    }
    if ((rows - i & 4) != 0) {
      TilesOne.rows4(o, a + i * o.aRow, c + i * o.cRow);
      i += 4;
    }
    if ((rows - i & 2) != 0) {
      TilesOne.rows2(o, a + i * o.aRow, c + i * o.cRow);
      i += 2;
    }
    if (i < rows) {
      TilesOne.rows1(o, a + i * o.aRow, c + i * o.cRow);
    }
  }
}
