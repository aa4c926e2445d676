package io.lariat.data;

import java.util.Arrays;

/**
 * Rows of floats, {@code [rows x width]}, in blocks of whole rows: more rows come without those
 * before them being moved, and all blocks together may hold more than 2^31 numbers.
 */
final class RowBlocks implements FeatureRows {
  /**
   * At most so many floats are in a block, if that is a row at all: few beside a region of the
   * garbage collector, in which larger blocks would leave a large part empty.
   */
  private static final int MOST = 1 << 15;

  private final int width;
  private final int shift;
  private final int mask;
  private float[][] blocks;
  private int rows;

  /** No rows yet of {@code width} floats. */
  RowBlocks(int width) {
    this(width, 31 - Integer.numberOfLeadingZeros(Math.max(1, MOST / width)), new float[4][], 0);
  }

  private RowBlocks(int width, int shift, float[][] blocks, int rows) {
    this.width = width;
    this.shift = shift;
    this.mask = (1 << shift) - 1;
    this.blocks = blocks;
    this.rows = rows;
  }

  /** All rows in one block: {@code values}, which is kept, not copied. */
  static RowBlocks of(float[] values, int width) {
    return new RowBlocks(width, Integer.SIZE - 1, new float[][] {values}, values.length / width);
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
  int blocks() {
    return (int) (((long) rows + mask) >>> shift);
  }

  /** Block {@code b}, to read or to change: its rows, and perhaps room for more. */
  float[] block(int b) {
    return blocks[b];
  }

  /** The first row of block {@code b}. */
  int firstRow(int b) {
    return b << shift;
  }

  /** The number of rows in block {@code b}. */
  int rowsOf(int b) {
    return Math.min(rows - firstRow(b), blocks[b].length / width);
  }

  /** Appends a copy of {@code width} floats of {@code values} from {@code from} on. */
  void add(float[] values, int from) {
    int b = rows >>> shift;
    int at = rows & mask;
    if (at == 0) {
      if (b == blocks.length) {
        blocks = Arrays.copyOf(blocks, 2 * b);
      }
      blocks[b] = new float[width << shift];
    }
    System.arraycopy(values, from, blocks[b], at * width, width);
    rows++;
  }

  /** A copy of some rows. */
  RowBlocks rows(int[] numbers) {
    RowBlocks some = new RowBlocks(width);
    for (int i : numbers) {
      some.add(blocks[i >>> shift], (i & mask) * width);
    }
    some.trim();
    return some;
  }

  /** A copy with some of the columns. */
  RowBlocks columns(int[] numbers) {
    RowBlocks some = new RowBlocks(numbers.length);
    float[] row = new float[numbers.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < row.length; j++) {
        row[j] = get(i, numbers[j]);
      }
      some.add(row, 0);
    }
    some.trim();
    return some;
  }

  /** Gives back the room for more rows. */
  void trim() {
    blocks = Arrays.copyOf(blocks, blocks());
    if (blocks.length > 0) {
      int last = blocks.length - 1;
      blocks[last] = Arrays.copyOf(blocks[last], rowsOf(last) * width);
    }
  }

  /** Forgets block {@code b}, which nobody reads any more. */
  void release(int b) {
    blocks[b] = new float[0];
  }

  @Override
  public float get(int i, int j) {
    return blocks[i >>> shift][(i & mask) * width + j];
  }

  /** Changes number {@code j} of row {@code i}. */
  void set(int i, int j, float value) {
    blocks[i >>> shift][(i & mask) * width + j] = value;
  }

  @Override
  public void copy(int from, int count, float[] out) {
    int done = 0;
    while (done < count) {
      int b = (from + done) >>> shift;
      int at = (from + done) & mask;
      int n = Math.min(count - done, rowsOf(b) - at);
      System.arraycopy(blocks[b], at * width, out, done * width, n * width);
      done += n;
    }
  }
}
