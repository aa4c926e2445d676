package io.lariat.internal.rows;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ObjIntConsumer;

/**
 * Rows of doubles, {@code [rows x width]}, in blocks of whole rows: more rows come without those
 * before them being moved, and all blocks together may hold more than 2^31 numbers.
 *
 * <p>Every number is kept exactly. A column takes a float a number as long as its floats determine
 * its doubles ({@link FloatCode}), and a double from the block on in which they do not any more.
 */
public final class RowBlocks implements FeatureRows {
  /**
   * At most so many numbers are in a block, if that is a row at all: few beside a region of the
   * garbage collector, in which larger blocks would leave a large part empty.
   */
  private static final int MOST = 1 << 15;

  private final int width;
  private final int shift;
  private final int mask;
  private RowBlock[] blocks;
  private int rows;

  /** No rows yet of {@code width} numbers. */
  public RowBlocks(int width) {
    this(width, 31 - Integer.numberOfLeadingZeros(Math.max(1, MOST / width)), new RowBlock[4], 0);
  }

  private RowBlocks(int width, int shift, RowBlock[] blocks, int rows) {
    this.width = width;
    this.shift = shift;
    this.mask = (1 << shift) - 1;
    this.blocks = blocks;
    this.rows = rows;
  }

  /** All rows in one block: {@code values}, which is kept, not copied. */
  public static RowBlocks of(float[] values, int width) {
    RowBlock[] all = {RowBlock.of(values, width)};
    return new RowBlocks(width, Integer.SIZE - 1, all, values.length / width);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int width() {
    return width;
  }

  /** The number of blocks. */
  public int blocks() {
    return (int) (((long) rows + mask) >>> shift);
  }

  /** The first row of block {@code b}. */
  public int firstRow(int b) {
    return b << shift;
  }

  /** The number of rows in block {@code b}. */
  public int rowsOf(int b) {
    return (int) Math.min(rows - firstRow(b), mask + 1L);
  }

  /** Appends a copy of {@code width} numbers of {@code values} from {@code from} on. */
  public void add(double[] values, int from) {
    int b = rows >>> shift;
    int at = rows & mask;
    if (at == 0) {
      if (b == blocks.length) {
        blocks = Arrays.copyOf(blocks, 2 * b);
      }
      BlockLayout layout = b == 0 ? BlockLayout.plain(width) : blocks[b - 1].layout();
      blocks[b] = new RowBlock(layout, 1 << shift);
    }
    RowBlock block = blocks[b];
    if (!block.store(at, values, from)) {
      block.adapt(at, values, from);
      block.store(at, values, from);
    }
    rows++;
  }

  /** Appends a row of one number. */
  public void add(double value) {
    add(new double[] {value}, 0);
  }

  /** A copy of some rows. */
  public RowBlocks rows(int[] numbers) {
    return copy(numbers.length, width, (row, i) -> copy(numbers[i], 1, row));
  }

  /** A copy with some of the columns. */
  public RowBlocks columns(int[] numbers) {
    return copy(rows, numbers.length, (row, i) -> Arrays.setAll(row, j -> get(i, numbers[j])));
  }

  /** A copy with every number rounded. */
  public RowBlocks rounded(DoubleUnaryOperator rounding) {
    return copy(
        rows, width, (row, i) -> Arrays.setAll(row, j -> rounding.applyAsDouble(get(i, j))));
  }

  private static RowBlocks copy(int rows, int width, ObjIntConsumer<double[]> fill) {
    RowBlocks some = new RowBlocks(width);
    double[] row = new double[width];
    for (int i = 0; i < rows; i++) {
      fill.accept(row, i);
      some.add(row, 0);
    }
    some.trim();
    return some;
  }

  /** Gives back the room for more rows. */
  public void trim() {
    blocks = Arrays.copyOf(blocks, blocks());
    if (blocks.length > 0) {
      int last = blocks.length - 1;
      blocks[last].trim(rowsOf(last));
    }
  }

  /** Forgets block {@code b}, which nobody reads any more. */
  public void release(int b) {
    blocks[b].release();
  }

  /**
   * Puts other numbers in the place of codes in block {@code b}: {@code byCode[j][code]} in the
   * first {@code coded[j]} of the block's rows of column {@code j}.
   */
  public void recode(int b, int[] coded, double[][] byCode) {
    blocks[b].recode(rowsOf(b), coded, byCode);
  }

  /** As {@link #recode(int, int[], double[][])}, of all rows of a single column. */
  public void recode(double[] byCode) {
    for (int b = 0; b < blocks(); b++) {
      recode(b, new int[] {rowsOf(b)}, new double[][] {byCode});
    }
  }

  /** Whether column {@code j} has come to need its doubles. */
  public boolean isWide(int j) {
    return blocks[blocks() - 1].layout().place(j) < 0;
  }

  @Override
  public double get(int i, int j) {
    return blocks[i >>> shift].get(i & mask, j);
  }

  @Override
  public void copy(int from, int count, double[] out) {
    int done = 0;
    while (done < count) {
      int b = (from + done) >>> shift;
      int at = (from + done) & mask;
      int n = Math.min(count - done, rowsOf(b) - at);
      blocks[b].copy(at, n, out, done * width);
      done += n;
    }
  }

  @Override
  public void copy(int from, int count, float[] out) {
    int done = 0;
    while (done < count) {
      int b = (from + done) >>> shift;
      int at = (from + done) & mask;
      int n = Math.min(count - done, rowsOf(b) - at);
      blocks[b].copy(at, n, out, done * width);
      done += n;
    }
  }
}
