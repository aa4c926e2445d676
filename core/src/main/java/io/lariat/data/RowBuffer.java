package io.lariat.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rows of floats whose number is not known beforehand, kept in pieces of at most a few megabytes.
 */
final class RowBuffer {
  private static final int PIECE = 1 << 20;

  private final String file;
  private final int width;
  private final List<float[]> full = new ArrayList<>();
  private float[] piece;
  private int used;
  private int rows;

  /** No rows yet of {@code width} floats; messages name {@code file}. */
  RowBuffer(String file, int width) {
    this.file = file;
    this.width = width;
    this.piece = new float[width];
  }

  /** The number of rows so far. */
  int rows() {
    return rows;
  }

  /** Appends a copy of {@code row}. */
  void add(float[] row) {
    if (used == piece.length) {
      full.add(piece);
      long next = Math.max(width, Math.min(PIECE, 2L * piece.length) / width * width);
      piece = new float[(int) next];
      used = 0;
    }
    System.arraycopy(row, 0, piece, used, width);
    used += width;
    rows++;
    requireArray(file, rows, width);
  }

  /** Checks that {@code rows x width} fits an array. */
  static void requireArray(String file, long rows, int width) {
    if (rows * width > Integer.MAX_VALUE - 8) {
      throw new DataException(
          String.format(
              "%s: %d rows x %d features are more than 2^31 numbers; take fewer rows or columns",
              file, rows, width));
    }
  }

  /** Hands every row's piece over once, each cut to whole rows, and forgets it. */
  void drain(Consumer<float[]> pieces) {
    full.add(Arrays.copyOf(piece, used));
    piece = new float[0];
    for (int i = 0; i < full.size(); i++) {
      pieces.accept(full.get(i));
      full.set(i, piece);
    }
    full.clear();
  }

  /** All rows one after another; empties the buffer. */
  float[] toArray() {
    float[] all = new float[rows * width];
    int[] at = {0};
    drain(
        part -> {
          System.arraycopy(part, 0, all, at[0], part.length);
          at[0] += part.length;
        });
    return all;
  }
}
