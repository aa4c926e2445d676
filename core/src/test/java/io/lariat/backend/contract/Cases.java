package io.lariat.backend.contract;

import io.lariat.backend.BinaryCrossEntropy;
import io.lariat.backend.CategoricalCrossEntropy;
import io.lariat.backend.Huber;
import io.lariat.backend.Loss;
import io.lariat.backend.MeanSquaredError;
import io.lariat.backend.Penalty;
import io.lariat.backend.Poisson;
import io.lariat.backend.Quantile;
import io.lariat.backend.UpdateRule;
import java.util.List;

/** Sizes, values and settings that the contracts try: where kernels and formulas have edges. */
final class Cases {

  /** Rows and columns of a test case. */
  record Shape(int rows, int cols) {
    int size() {
      return rows * cols;
    }
  }

  /**
   * Rows x columns for operations on elements and on rows: every length around a vector of 4, 8 and
   * 16 floats, primes, layers as they occur, one long row and one long column.
   */
  static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 1),
          new Shape(1, 2),
          new Shape(2, 1),
          new Shape(1, 3),
          new Shape(5, 3),
          new Shape(2, 4),
          new Shape(3, 5),
          new Shape(6, 6),
          new Shape(7, 7),
          new Shape(1, 8),
          new Shape(8, 1),
          new Shape(4, 9),
          new Shape(9, 10),
          new Shape(3, 11),
          new Shape(2, 12),
          new Shape(12, 13),
          new Shape(5, 14),
          new Shape(2, 15),
          new Shape(4, 16),
          new Shape(3, 17),
          new Shape(16, 31),
          new Shape(9, 33),
          new Shape(37, 41),
          new Shape(13, 64),
          new Shape(128, 30),
          new Shape(61, 128),
          new Shape(1, 1009),
          new Shape(1009, 1));

  /** Below, on and above the edges of tiles of 1, 2, 4, 6, 8, 16 and 32. */
  static final int[] EDGES = {1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33};

  /**
   * Layers as they occur: batch, inputs, units; primes; a deep one; one larger than cache blocks.
   */
  static final int[][] LAYERS = {
    {128, 30, 128},
    {128, 128, 64},
    {128, 64, 1},
    {64, 30, 30},
    {30, 128, 64},
    {1, 784, 10},
    {1, 64, 128},
    {128, 1, 64},
    {37, 41, 43},
    {61, 127, 53},
    {131, 2, 97},
    {41, 1021, 35},
    {257, 300, 1021}
  };

  /** Rows, depth, columns: around tile edges and layers as they occur. */
  static final int[][] FUSED_LAYERS = {
    {1, 1, 1},
    {1, 1, 2},
    {2, 3, 1},
    {3, 2, 5},
    {5, 7, 3},
    {7, 8, 9},
    {8, 8, 8},
    {9, 5, 16},
    {16, 17, 15},
    {15, 16, 17},
    {17, 9, 31},
    {33, 31, 32},
    {32, 33, 33},
    {6, 4, 48},
    {13, 3, 65},
    {31, 1, 33},
    {5, 200, 10},
    {128, 30, 128},
    {128, 64, 1},
    {64, 10, 2},
    {37, 61, 41}
  };

  /** Where formulas overflow, underflow or lose their digits. */
  static final float[] SPECIALS = {
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    1e-20f,
    -1e-20f,
    1e-7f,
    -1e-7f,
    1e-3f,
    -1e-3f,
    9f,
    -9f,
    17f,
    -17f,
    50f,
    -50f,
    87f,
    -87f,
    89f,
    -89f,
    100f,
    -100f,
    110f,
    -110f,
    1e4f,
    -1e4f,
    1e30f,
    -1e30f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  /** Values that arithmetic would change. */
  static final float[] FRAGILE = {
    -0f, Float.NaN, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, Float.MAX_VALUE
  };

  /** Batches x classes as they occur, beside the shapes that all operations are held to. */
  static final List<Shape> BATCHES =
      List.of(new Shape(128, 1), new Shape(57, 1), new Shape(128, 10), new Shape(31, 3));

  /** Every rule, with and without what it may have. */
  static final List<UpdateRule> RULES =
      List.of(
          new UpdateRule.Sgd(0, false),
          new UpdateRule.Sgd(0, true),
          new UpdateRule.Sgd(0.9, false),
          new UpdateRule.Sgd(0.9, true),
          new UpdateRule.RmsProp(0.9, 1e-7),
          new UpdateRule.RmsProp(0, 1e-3),
          new UpdateRule.Adam(0.9, 0.999, 1e-7),
          new UpdateRule.Adam(0.5, 0.9, 1e-3));

  /** No penalty, each alone, and both. */
  static final List<Penalty> PENALTIES =
      List.of(Penalty.NONE, Penalty.l1(0.05), Penalty.l2(0.2), Penalty.elasticNet(0.1, 0.05));

  /** Blocks of weights, around a vector of 4, 8 and 16 floats. */
  static final int[] LENGTHS = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 127, 1009};

  /** Centres well inside, near and well outside of {@code l1} = 0.3; an odd number of them. */
  static final float[] CENTRES = {
    2f, -2f, 0.5f, -0.5f, 0.32f, -0.32f, 0.28f, -0.28f, 0.1f, -0.1f, 0f, 1.2f, -0.8f, 0.31f, -0.29f,
    0.7f, -1.5f
  };

  /**
   * Norms well above, just above, just below and well below the thresholds of {@link
   * GroupRestContract}.
   */
  static final float[] GROUP_CENTRES = {
    1.2f,
    -0.7f,
    0.05f, // large
    0.32f,
    0,
    -0.05f, // above 0.3
    0.9f,
    0,
    -1.1f,
    0.3f,
    0,
    0.08f, // two rows, large
    0.05f,
    -0.04f,
    0.03f, // far below
    0.1f,
    0.2f,
    -0.1f,
    0.1f,
    -0.2f,
    0.1f, // two rows, below 0.3 sqrt(2)
    0.3f,
    0.4f,
    0.1f, // below twice the penalty
    0.02f,
    -0.5f,
    0, // protected
    0.2f,
    -0.2f,
    0 // norm of 0.283, just below 0.3
  };

  private Cases() {}

  /** Every loss. */
  static List<Loss> losses() {
    return List.of(
        new BinaryCrossEntropy(),
        new CategoricalCrossEntropy(),
        new MeanSquaredError(),
        new Huber(1),
        new Huber(0.3),
        new Poisson(),
        new Quantile(0.9));
  }
}
