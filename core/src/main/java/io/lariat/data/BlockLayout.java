package io.lariat.data;

import java.util.Arrays;

/**
 * Where the numbers of a row are in a block of {@link RowBlocks}: those of narrow columns among
 * floats, which stand for doubles as {@link FloatCode} says, those of wide ones among doubles.
 */
final class BlockLayout {
  /** In the place of a number of decimals: a wide column. */
  static final byte WIDE = -1;

  private final byte[] decimals;
  private final int[] places;

  /** How many floats a row has. */
  final int narrow;

  /** How many doubles a row has. */
  final int wide;

  /** Whether every number is a float that stands for itself. */
  final boolean isPlain;

  private BlockLayout(byte[] decimals) {
    this.decimals = decimals;
    places = new int[decimals.length];
    int floats = 0;
    int doubles = 0;
    boolean plain = true;
    for (int j = 0; j < decimals.length; j++) {
      plain &= decimals[j] == 0;
      places[j] = decimals[j] == WIDE ? ~doubles++ : floats++;
    }
    narrow = floats;
    wide = doubles;
    isPlain = plain;
  }

  /** Of {@code width} columns of floats that stand for themselves. */
  static BlockLayout plain(int width) {
    return new BlockLayout(new byte[width]);
  }

  /** With another code for each column: a number of decimals, or {@link #WIDE}. */
  static BlockLayout of(byte[] codes) {
    return new BlockLayout(codes.clone());
  }

  /** The columns' codes, a copy. */
  byte[] codes() {
    return Arrays.copyOf(decimals, decimals.length);
  }

  /** The number of decimals of the floats of column {@code j}, or {@link #WIDE}. */
  int decimals(int j) {
    return decimals[j];
  }

  /** The place of column {@code j} among a row's floats; of a wide one its place's complement. */
  int place(int j) {
    return places[j];
  }
}
