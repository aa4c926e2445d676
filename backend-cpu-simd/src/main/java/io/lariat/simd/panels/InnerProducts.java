package io.lariat.simd.panels;

import io.lariat.backend.PanelProducts;
import io.lariat.simd.machine.Lanes;
import java.util.Arrays;

/**
 * Products of the vectors of two panels: the loops around {@link InnerTiles}.
 *
 * <p>A strip of four vectors of one panel meets the vectors of the other in tiles of four by four.
 * Long vectors are cut into pieces, between which the partial sums wait in memory, so that a
 * strip's piece stays in the first-level cache; and the other panel into blocks that stay in the
 * second-level cache while all strips pass. The vectors left over take the part of the strip
 * themselves: a product is the same bits from either side.
 */
final class InnerProducts {
  private static final int PARTS = PanelProducts.LANES;

  /** Vectors of a tile's right side, and of a strip. */
  private static final int SIDE = 4;

  /** Elements of a piece: four vectors' and four others' are 32 KB. */
  private static final int PIECE = 512;

  /** Doubles in a block of the other panel: 512 KB. */
  private static final int BLOCK = 1 << 16;

  /** The most vectors in such a block, whose partial sums are 16 KB. */
  private static final int WIDEST_BLOCK = 64;

  private final double[] a;
  private final double[] b;
  private final int length;
  private final double[] c;
  private final int at;
  private final int stride;

  /** Partial sums of a strip with a block, tile after tile. */
  private final double[] sums = new double[SIDE * WIDEST_BLOCK * PARTS];

  InnerProducts(double[] a, double[] b, int length, double[] c, int at, int stride) {
    this.a = a;
    this.b = b;
    this.length = length;
    this.c = c;
    this.at = at;
    this.stride = stride;
  }

  /** Adds all products. */
  void add(int rows, int columns) {
    int wholeRows = rows - rows % SIDE;
    int wholeColumns = columns - columns % SIDE;
    int width = blockWidth();
    for (int from = 0; from < wholeColumns; from += width) {
      int to = Math.min(from + width, wholeColumns);
      for (int i = 0; i < wholeRows; i += SIDE) {
        strip(SIDE, a, i, stride, b, from, to, 1);
      }
      leftStrips(a, wholeRows, rows, stride, b, from, to, 1);
    }
    for (int from = 0; from < wholeRows; from += width) {
      leftStrips(b, wholeColumns, columns, 1, a, from, Math.min(from + width, wholeRows), stride);
    }
    for (int i = wholeRows; i < rows; i++) {
      for (int j = wholeColumns; j < columns; j++) {
        single(i, j);
      }
    }
  }

  /** Adds the products of row i with the columns up to i. */
  void addLowerTriangle(int rows) {
    int whole = rows - rows % SIDE;
    int width = blockWidth();
    for (int from = 0; from < whole; from += width) {
      int to = Math.min(from + width, whole);
      for (int i = from; i < whole; i += SIDE) {
        if (i > from) {
          strip(SIDE, a, i, stride, b, from, Math.min(to, i), 1);
        }
        if (i < to) {
          diagonal(i);
        }
      }
      leftStrips(a, whole, rows, stride, b, from, to, 1);
    }
    for (int i = whole; i < rows; i++) {
      for (int j = whole; j <= i; j++) {
        single(i, j);
      }
    }
  }

  /** Vectors of the other panel that stay in the second-level cache: a multiple of four. */
  private int blockWidth() {
    int fitting = BLOCK / Math.max(1, length);
    return Math.clamp(fitting - fitting % SIDE, SIDE, WIDEST_BLOCK);
  }

  /** The at most three vectors from {@code i} to {@code end} of x as strips. */
  private void leftStrips(
      double[] x, int i, int end, int down, double[] y, int from, int to, int across) {
    int rest = i;
    if (end - rest >= 2) {
      strip(2, x, rest, down, y, from, to, across);
      rest += 2;
    }
    if (rest < end) {
      strip(1, x, rest, down, y, from, to, across);
    }
  }

  /**
   * Adds the products of {@code high} vectors of x, from number i on, with those of y from {@code
   * from} to {@code to}, a multiple of four.
   *
   * @param down the distance of the results of neighbours in x
   * @param across that of neighbours in y
   */
  private void strip(
      int high, double[] x, int i, int down, double[] y, int from, int to, int across) {
    sum(high, x, i, y, from, to);
    int next = 0;
    for (int j = from; j < to; j += SIDE) {
      for (int row = 0; row < high; row++) {
        int place = at + (i + row) * down + j * across;
        for (int column = 0; column < SIDE; column++) {
          c[place + column * across] += total(next);
          next += PARTS;
        }
      }
    }
  }

  /** Adds the products of four vectors with themselves, those on and below the diagonal. */
  private void diagonal(int i) {
    sum(SIDE, a, i, b, i, i + SIDE);
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column <= row; column++) {
        c[at + (i + row) * stride + i + column] += total((row * SIDE + column) * PARTS);
      }
    }
  }

  private void single(int i, int j) {
    Arrays.fill(sums, 0, PARTS, 0);
    for (int part = 0; part < PARTS; part += Lanes.DOUBLES.length()) {
      InnerTiles.tile1x1(
          a, i * length + part, b, j * length + part, length, length - part, sums, part);
    }
    c[at + i * stride + j] += total(0);
  }

  /** Leaves the partial sums of a strip with a block, piece after piece of the vectors. */
  private void sum(int high, double[] x, int i, double[] y, int from, int to) {
    int tile = high * SIDE * PARTS;
    Arrays.fill(sums, 0, (to - from) / SIDE * tile, 0);
    for (int piece = 0; piece < length; piece += PIECE) {
      int end = Math.min(PIECE, length - piece);
      int next = 0;
      for (int j = from; j < to; j += SIDE) {
        for (int part = 0; part < PARTS; part += Lanes.DOUBLES.length()) {
          int left = i * length + piece + part;
          int right = j * length + piece + part;
          switch (high) {
            case 4 -> four(x, left, y, right, end - part, next + part);
            case 2 -> InnerTiles.tile2x4(x, left, y, right, length, end - part, sums, next + part);
            default -> InnerTiles.tile1x4(x, left, y, right, length, end - part, sums, next + part);
          }
        }
        next += tile;
      }
    }
  }

  /** Four by four: at once, or half after half where sixteen accumulators are too many. */
  private void four(double[] x, int left, double[] y, int right, int end, int to) {
    if (Lanes.MANY_REGISTERS) {
      InnerTiles.tile4x4(x, left, y, right, length, end, sums, to);
    } else {
      InnerTiles.tile2x4(x, left, y, right, length, end, sums, to);
      InnerTiles.tile2x4(x, left + 2 * length, y, right, length, end, sums, to + 2 * SIDE * PARTS);
    }
  }

  /** The eight partial sums from {@code s} on, in the order that the interface states. */
  private double total(int s) {
    return ((sums[s] + sums[s + 4]) + (sums[s + 2] + sums[s + 6]))
        + ((sums[s + 1] + sums[s + 5]) + (sums[s + 3] + sums[s + 7]));
  }
}
