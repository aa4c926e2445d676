package io.lariat.path;

import io.lariat.numeric.Vectors;
import java.util.Arrays;

/**
 * Steps of a proximal Newton method for linear models: the loss is replaced by its second order
 * expansion in the coefficients of some outputs, {@link QuadraticLasso} minimises that with the
 * penalty, and the largest share of the way there that lowers the objective enough is taken.
 */
final class ProximalNewton {
  private static final int MOST_HALVINGS = 40;

  /** The intercept among the numbers of columns. */
  private static final int INTERCEPT = -1;

  /** What rounding each row's loss leaves of their mean change, as a share of the objective. */
  private static final double ROUNDING = 0x1p-52;

  private final double[][] x;
  private final LinearLoss loss;
  private final double[] factor;
  private final double l2;
  private final double[] intercept;
  private final double[][] w;
  private final double[][] z;
  private final int rows;

  /**
   * Steps that change {@code intercept [outputs]}, {@code w [outputs][features]} and the scores
   * {@code z [outputs][rows]} that they give.
   */
  ProximalNewton(
      DesignMatrix data,
      LinearLoss loss,
      double[] factor,
      double l2,
      double[] intercept,
      double[][] w,
      double[][] z) {
    x = data.x();
    rows = data.rows();
    this.loss = loss;
    this.factor = factor;
    this.l2 = l2;
    this.intercept = intercept;
    this.w = w;
    this.z = z;
  }

  /**
   * One step of the outputs from {@code first} to before {@code end} together; whether it moved.
   *
   * @param working which coefficients may move, {@code [outputs][features]}
   * @param tolerance how exactly the expansion is minimised
   */
  boolean step(int first, int end, boolean[][] working, double lambda, double tolerance) {
    double[][] predictions = loss.predictions(z);
    Block[] blocks = new Block[end - first];
    int size = 0;
    for (int k = first; k < end; k++) {
      // The same number added to every class's score changes nothing: one class's stays.
      boolean fixed = k == 0 && end - first > 1;
      blocks[k - first] = new Block(k, coordinates(working[k], fixed), size);
      size += blocks[k - first].columns.length;
    }
    double[] from = new double[size];
    double[] l1s = new double[size];
    double[] l2s = new double[size];
    double[] slope = new double[size];
    double[][] q = new double[size][size];
    for (Block block : blocks) {
      block.start(predictions, from, l1s, l2s, slope, lambda);
      for (Block other : blocks) {
        if (other.at <= block.at) {
          block.curvature(predictions, other, q);
        }
      }
    }
    double[] to = from.clone();
    new QuadraticLasso(q, slope.clone(), to, l1s, l2s).solve(tolerance);
    double decrease = penaltyChange(from, to, l1s, l2s);
    for (int a = 0; a < size; a++) {
      decrease += slope[a] * (to[a] - from[a]);
    }
    double share = backtrack(blocks, from, to, l1s, l2s, decrease);
    if (share == 0) {
      return false;
    }
    for (Block block : blocks) {
      block.take(from, to, share);
    }
    return !Arrays.equals(from, to);
  }

  /** The intercept and the columns that work, or of these the penalised alone. */
  private int[] coordinates(boolean[] working, boolean penalizedAlone) {
    int[] set = new int[x.length + 1];
    int size = 0;
    if (!penalizedAlone) {
      set[size++] = INTERCEPT;
    }
    for (int j = 0; j < x.length; j++) {
      if (working[j] && (factor[j] > 0 || !penalizedAlone)) {
        set[size++] = j;
      }
    }
    return Arrays.copyOf(set, size);
  }

  private double[] ones() {
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The coefficients of one output that move. */
  private final class Block {
    final int k;

    /** Where the block begins among all coefficients of the step. */
    final int at;

    /** The coefficients' columns, {@link #INTERCEPT} for the intercept. */
    final int[] numbers;

    final double[][] columns;

    Block(int k, int[] numbers, int at) {
      this.k = k;
      this.numbers = numbers;
      this.at = at;
      columns = new double[numbers.length][];
      Arrays.setAll(columns, a -> numbers[a] == INTERCEPT ? ones() : x[numbers[a]]);
    }

    /** Writes the block's part of the expansion's place, penalties and slope. */
    void start(
        double[][] predictions,
        double[] from,
        double[] l1s,
        double[] l2s,
        double[] slope,
        double lambda) {
      double[] gradient = new double[rows];
      loss.gradient(predictions, k, gradient);
      for (int a = 0; a < columns.length; a++) {
        slope[at + a] = Vectors.roundedDot(columns[a], gradient);
        int j = numbers[a];
        if (j == INTERCEPT) {
          from[at + a] = intercept[k];
        } else {
          from[at + a] = w[k][j];
          l1s[at + a] = factor[j] == 0 ? 0 : lambda * factor[j];
          l2s[at + a] = l2 * factor[j];
        }
      }
    }

    /** Writes the loss's second derivatives by coefficients of this block and of another. */
    void curvature(double[][] predictions, Block other, double[][] q) {
      double[] curvature = new double[rows];
      loss.curvature(predictions, k, other.k, curvature);
      double[] weighted = new double[rows];
      for (int a = 0; a < columns.length; a++) {
        for (int i = 0; i < rows; i++) {
          weighted[i] = curvature[i] * columns[a][i];
        }
        int most = other == this ? a + 1 : other.columns.length;
        for (int b = 0; b < most; b++) {
          double value = Vectors.roundedDot(weighted, other.columns[b]);
          q[at + a][other.at + b] = value;
          q[other.at + b][at + a] = value;
        }
      }
    }

    /** The change of the output's scores by the whole step. */
    double[] direction(double[] from, double[] to) {
      double[] direction = new double[rows];
      for (int a = 0; a < columns.length; a++) {
        Vectors.addRounded(to[at + a] - from[at + a], columns[a], direction);
      }
      return direction;
    }

    void take(double[] from, double[] to, double share) {
      for (int a = 0; a < columns.length; a++) {
        double value = between(from[at + a], to[at + a], share);
        if (numbers[a] == INTERCEPT) {
          intercept[k] = value;
        } else {
          w[k][numbers[a]] = value;
        }
      }
    }
  }

  /** The whole step keeps the zeros of {@code to}. */
  private static double between(double from, double to, double share) {
    return share == 1 ? to : from + share * (to - from);
  }

  /**
   * Moves the scores by the largest share of the step that lowers the objective enough. What is
   * looked at is the change, summed over rows: the objective itself is rounded to more than the
   * last steps gain.
   */
  private double backtrack(
      Block[] blocks, double[] from, double[] to, double[] l1s, double[] l2s, double decrease) {
    double[] losses = loss.values(z);
    double rounding = ROUNDING * (loss.size(losses, z) + penalty(from, l1s, l2s));
    double[][] before = new double[blocks.length][];
    double[][] direction = new double[blocks.length][];
    for (int b = 0; b < blocks.length; b++) {
      before[b] = z[blocks[b].k].clone();
      direction[b] = blocks[b].direction(from, to);
    }
    double[] at = new double[from.length];
    double share = 1;
    for (int halving = 0; halving < MOST_HALVINGS; halving++, share /= 2) {
      for (int b = 0; b < blocks.length; b++) {
        double[] scores = z[blocks[b].k];
        for (int i = 0; i < rows; i++) {
          scores[i] = before[b][i] + share * direction[b][i];
        }
      }
      for (int a = 0; a < at.length; a++) {
        at[a] = between(from[a], to[a], share);
      }
      double change = meanChange(losses, loss.values(z)) + penaltyChange(from, at, l1s, l2s);
      if (change <= 1e-4 * share * Math.min(decrease, 0) + rounding) {
        return share;
      }
    }
    for (int b = 0; b < blocks.length; b++) {
      System.arraycopy(before[b], 0, z[blocks[b].k], 0, rows);
    }
    return 0;
  }

  private static double meanChange(double[] from, double[] to) {
    double sum = 0;
    for (int i = 0; i < from.length; i++) {
      sum += to[i] - from[i];
    }
    return sum / from.length;
  }

  private static double penalty(double[] v, double[] l1s, double[] l2s) {
    return penaltyChange(new double[v.length], v, l1s, l2s);
  }

  private static double penaltyChange(double[] from, double[] to, double[] l1s, double[] l2s) {
    double sum = 0;
    for (int a = 0; a < from.length; a++) {
      sum += l1s[a] * (Math.abs(to[a]) - Math.abs(from[a]));
      sum += l2s[a] * (to[a] - from[a]) * (to[a] + from[a]);
    }
    return sum;
  }
}
