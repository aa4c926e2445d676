package io.lariat.data;

import io.lariat.internal.rows.DoubleRows;
import java.util.List;
import java.util.function.Consumer;

/** Rows that are handed on in blocks, so that what is kept does not grow with their number. */
final class FeatureBlocks {
  private static final int MOST_ROWS = 4096;

  /** About so many numbers are in a block, if that is a row at all: a megabyte of doubles. */
  private static final int NUMBERS = 1 << 17;

  private final int width;
  private final int most;
  private final Consumer<Features> sink;
  private double[] values;
  private int rows;

  /** Blocks of rows of {@code width} numbers for {@code sink}. */
  FeatureBlocks(int width, Consumer<Features> sink) {
    this.width = width;
    this.sink = sink;
    most = Math.clamp(NUMBERS / width, 1, MOST_ROWS);
    values = new double[most * width];
  }

  /** Whether {@code rows} rows that hold {@code numbers} numbers are a block. */
  static boolean isBlock(int rows, int numbers) {
    return rows >= MOST_ROWS || numbers >= NUMBERS;
  }

  /** Adds a copy of a row. */
  void add(double[] row) {
    System.arraycopy(row, 0, values, rows * width, width);
    rows++;
    if (rows == most) {
      handOn();
      values = new double[most * width]; // the block is its receiver's now
    }
  }

  /** After the last row. */
  void finish() {
    if (rows > 0) {
      handOn();
    }
  }

  private void handOn() {
    Features block = new Features(new DoubleRows(values, width, rows), List.of());
    rows = 0;
    sink.accept(block);
  }
}
