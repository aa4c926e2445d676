package io.lariat.internal.rows;

import java.util.Arrays;

/**
 * Where the numbers of a row are in a block of {@link RowBlocks}: those of narrow columns among
 * floats, which stand for doubles as {@link FloatCode} says, those of wide ones among doubles.
 */
final class BlockLayout {
  /** In the place of a {@link FloatCode}: a wide column. */
  static final byte WIDE = -1;

  private final byte[] codes;
  private final int[] places;

  /** How many floats a row has. */
  final int narrow;

  /** How many doubles a row has. */
  final int wide;

  /** Whether every number is a float that stands for itself. */
  final boolean isPlain;

  private BlockLayout(byte[] codes) {
    this.codes = codes;
    places = new int[codes.length];
    int floats = 0;
    int doubles = 0;
    boolean plain = true;
    for (int j = 0; j < codes.length; j++) {
      plain &= codes[j] == 0;
      places[j] = codes[j] == WIDE ? ~doubles++ : floats++;
    }
    narrow = floats;
    wide = doubles;
    isPlain = plain;
  }

  /** Of {@code width} columns of floats that stand for themselves. */
  static BlockLayout plain(int width) {
    return new BlockLayout(new byte[width]);
  }

  /** With a code for each column: a {@link FloatCode}, or {@link #WIDE}. */
  static BlockLayout of(byte[] codes) {
    return new BlockLayout(codes.clone());
  }

  /** The columns' codes, a copy. */
  byte[] codes() {
    return Arrays.copyOf(codes, codes.length);
  }

  /** The code of the floats of column {@code j}, or {@link #WIDE}. */
  int code(int j) {
    return codes[j];
  }

  /** The place of column {@code j} among a row's floats; of a wide one its place's complement. */
  int place(int j) {
    return places[j];
  }
}
