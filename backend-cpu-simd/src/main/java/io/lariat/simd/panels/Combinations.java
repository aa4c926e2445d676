package io.lariat.simd.panels;

import static io.lariat.simd.panels.CombinationTiles.COUNT;

import io.lariat.simd.machine.Lanes;

/**
 * Sums of a panel's vectors with weights: the loops around {@link CombinationTiles}. A tile holds
 * some vectors' worth of elements of several sums in registers while it passes over the panel's
 * vectors, so that the panel is read once for up to six sums, and a sum is stored once.
 */
final class Combinations {
  /** Vectors of a tile: 6 x 3 accumulators with 32 registers, 6 x 2 with 16. */
  private static final int VECTORS = Lanes.MANY_REGISTERS ? 3 : 2;

  private Combinations() {}

  /** See {@link io.lariat.backend.PanelProducts#addCombinations}. */
  static void add(double[] w, int rows, double[] x, int columns, int length, double[] z) {
    int i = 0;
    for (; i + 6 <= rows; i += 6) {
      six(w, i * columns, x, columns, length, z, i * length);
    }
    if (i + 3 <= rows) {
      three(w, i * columns, x, columns, length, z, i * length);
      i += 3;
    }
    for (; i < rows; i++) {
      one(w, i * columns, x, columns, length, z, i * length);
    }
  }

  private static void six(
      double[] w, int weights, double[] x, int columns, int length, double[] z, int sums) {
    int r = 0;
    for (; r + VECTORS * COUNT <= length; r += VECTORS * COUNT) {
      if (VECTORS == 3) {
        CombinationTiles.tile6x3(w, weights, x, r, columns, length, z, sums + r);
      } else {
        CombinationTiles.tile6x2(w, weights, x, r, columns, length, z, sums + r);
      }
    }
    for (; r < length; r += COUNT) {
      CombinationTiles.tile6x1(w, weights, x, r, columns, length, z, sums + r);
    }
  }

  private static void three(
      double[] w, int weights, double[] x, int columns, int length, double[] z, int sums) {
    int r = 0;
    for (; r + 3 * COUNT <= length; r += 3 * COUNT) {
      CombinationTiles.tile3x3(w, weights, x, r, columns, length, z, sums + r);
    }
    for (; r < length; r += COUNT) {
      CombinationTiles.tile3x1(w, weights, x, r, columns, length, z, sums + r);
    }
  }

  private static void one(
      double[] w, int weights, double[] x, int columns, int length, double[] z, int sums) {
    int r = 0;
    for (; r + 4 * COUNT <= length; r += 4 * COUNT) {
      CombinationTiles.tile1x4(w, weights, x, r, columns, length, z, sums + r);
    }
    for (; r < length; r += COUNT) {
      CombinationTiles.tile1x1(w, weights, x, r, columns, length, z, sums + r);
    }
  }
}
