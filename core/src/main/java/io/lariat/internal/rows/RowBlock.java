package io.lariat.internal.rows;

import java.util.Arrays;

/** Some whole rows of {@link RowBlocks}, each number in as little room as holds its double. */
final class RowBlock {
  private BlockLayout layout;
  private float[] floats;
  private double[] doubles;

  /** Room for {@code rows} rows. */
  RowBlock(BlockLayout layout, int rows) {
    this(layout, new float[layout.narrow * rows], new double[layout.wide * rows]);
  }

  private RowBlock(BlockLayout layout, float[] floats, double[] doubles) {
    this.layout = layout;
    this.floats = floats;
    this.doubles = doubles;
  }

  /** Rows of {@code width} floats that stand for themselves; kept, not copied. */
  static RowBlock of(float[] values, int width) {
    return new RowBlock(BlockLayout.plain(width), values, new double[0]);
  }

  /** Where its numbers are. */
  BlockLayout layout() {
    return layout;
  }

  /** Number {@code j} of its row {@code i}. */
  double get(int i, int j) {
    int place = layout.place(j);
    return place < 0
        ? doubles[i * layout.wide + ~place]
        : FloatCode.decode(floats[i * layout.narrow + place], layout.code(j));
  }

  /** Copies {@code count} rows from {@code from} on to {@code out[at..]}. */
  void copy(int from, int count, double[] out, int at) {
    int width = layout.narrow + layout.wide;
    if (layout.narrow == 0) {
      System.arraycopy(doubles, from * width, out, at, count * width);
      return;
    }
    if (layout.isPlain) {
      for (int k = 0; k < count * width; k++) {
        out[at + k] = floats[from * width + k];
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      int f = (from + i) * layout.narrow;
      int d = (from + i) * layout.wide;
      for (int j = 0, k = at + i * width; j < width; j++, k++) {
        int code = layout.code(j);
        out[k] = code == BlockLayout.WIDE ? doubles[d++] : FloatCode.decode(floats[f++], code);
      }
    }
  }

  /** As {@link #copy(int, int, double[], int)}, rounded to floats. */
  void copy(int from, int count, float[] out, int at) {
    if (layout.wide == 0) {
      System.arraycopy(floats, from * layout.narrow, out, at, count * layout.narrow);
      return;
    }
    int width = layout.narrow + layout.wide;
    for (int i = 0; i < count; i++) {
      int f = (from + i) * layout.narrow;
      int d = (from + i) * layout.wide;
      for (int j = 0, k = at + i * width; j < width; j++, k++) {
        out[k] = layout.place(j) < 0 ? (float) doubles[d++] : floats[f++];
      }
    }
  }

  /**
   * Stores a row if the layout holds it.
   *
   * @return whether it does; if not, what is in the row is lost
   */
  boolean store(int i, double[] values, int from) {
    if (layout.narrow == 0) {
      System.arraycopy(values, from, doubles, i * layout.wide, layout.wide);
      return true;
    }
    return layout.isPlain ? storePlain(i, values, from) : storeCoded(i, values, from);
  }

  private boolean storePlain(int i, double[] values, int from) {
    int width = layout.narrow;
    int to = i * width;
    double lost = 0; // not 0 if any number is not its float: no difference is rounded to 0
    for (int j = 0; j < width; j++) {
      double value = values[from + j];
      float nearest = (float) value;
      floats[to + j] = nearest;
      lost += Math.abs(nearest - value);
    }
    return lost == 0;
  }

  private boolean storeCoded(int i, double[] values, int from) {
    int f = i * layout.narrow;
    int d = i * layout.wide;
    int width = layout.narrow + layout.wide;
    boolean holds = true;
    for (int j = 0; j < width; j++) {
      double value = values[from + j];
      int code = layout.code(j);
      if (code == BlockLayout.WIDE) {
        doubles[d++] = value;
      } else {
        float nearest = (float) value;
        floats[f++] = nearest;
        holds &= FloatCode.decode(nearest, code) == value;
      }
    }
    return holds;
  }

  /** Takes on a layout that holds its first {@code rows} rows and the row {@code values} too. */
  void adapt(int rows, double[] values, int from) {
    byte[] codes = layout.codes();
    for (int j = 0; j < codes.length; j++) {
      double value = values[from + j];
      if (codes[j] != BlockLayout.WIDE && !FloatCode.holds(value, codes[j])) {
        codes[j] = code(rows, j, value);
      }
    }
    become(BlockLayout.of(codes), rows);
  }

  /** The code under which column {@code j} of the first {@code rows} rows is held with a value. */
  private byte code(int rows, int j, double value) {
    for (byte d = (byte) (layout.code(j) + 1); d <= FloatCode.SIGNIFICANT; d++) {
      if (FloatCode.holds(value, d) && holds(rows, j, d)) {
        return d;
      }
    }
    return BlockLayout.WIDE;
  }

  private boolean holds(int rows, int j, int code) {
    for (int i = 0; i < rows; i++) {
      if (!FloatCode.holds(get(i, j), code)) {
        return false;
      }
    }
    return true;
  }

  private void become(BlockLayout next, int rows) {
    if (next.wide > layout.wide) {
      int room = roomOf(layout);
      RowBlock moved = new RowBlock(next, room);
      double[] row = new double[next.narrow + next.wide];
      for (int i = 0; i < rows; i++) {
        copy(i, 1, row, 0);
        moved.store(i, row, 0);
      }
      floats = moved.floats;
      doubles = moved.doubles;
    }
    layout = next;
  }

  private int roomOf(BlockLayout of) {
    return of.narrow > 0 ? floats.length / of.narrow : doubles.length / of.wide;
  }

  /**
   * Puts other numbers in the place of codes: {@code byCode[j][code]} in the first {@code coded[j]}
   * of its {@code rows} rows of column {@code j}.
   */
  void recode(int rows, int[] coded, double[][] byCode) {
    byte[] codes = layout.codes();
    boolean same = true;
    for (int j = 0; j < codes.length; j++) {
      if (coded[j] > 0 && codes[j] != BlockLayout.WIDE && !allHeld(byCode[j], codes[j])) {
        codes[j] = recoded(j, coded[j], rows, byCode[j]);
        same = false;
      }
    }
    if (!same) {
      become(BlockLayout.of(codes), rows);
    }
    for (int j = 0; j < codes.length; j++) {
      put(layout.place(j), coded[j], byCode[j]);
    }
  }

  private void put(int place, int coded, double[] byCode) {
    if (place < 0) {
      for (int i = 0, at = ~place; i < coded; i++, at += layout.wide) {
        doubles[at] = byCode[(int) doubles[at]];
      }
    } else {
      for (int i = 0, at = place; i < coded; i++, at += layout.narrow) {
        floats[at] = (float) byCode[(int) floats[at]];
      }
    }
  }

  private static boolean allHeld(double[] values, int code) {
    for (double value : values) {
      if (!FloatCode.holds(value, code)) {
        return false;
      }
    }
    return true;
  }

  /** The code under which column {@code j} is held with other numbers for its codes. */
  private byte recoded(int j, int coded, int rows, double[] byCode) {
    for (byte d = (byte) (layout.code(j) + 1); d <= FloatCode.SIGNIFICANT; d++) {
      boolean held = allHeld(byCode, d);
      for (int i = coded; i < rows && held; i++) {
        held = FloatCode.holds(get(i, j), d);
      }
      if (held) {
        return d;
      }
    }
    return BlockLayout.WIDE;
  }

  /** Gives back the room for more than {@code rows} rows. */
  void trim(int rows) {
    floats = Arrays.copyOf(floats, layout.narrow * rows);
    doubles = Arrays.copyOf(doubles, layout.wide * rows);
  }

  /** Forgets all rows. */
  void release() {
    floats = new float[0];
    doubles = new double[0];
  }
}
