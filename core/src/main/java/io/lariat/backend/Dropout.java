package io.lariat.backend;

/**
 * Which elements dropout keeps: a hash of a key and the element's place, so that the same mask can
 * be made anywhere, in any order, without storing it.
 */
public final class Dropout {

  private Dropout() {}

  /**
   * Whether element {@code index} (row-major, from 0) is kept: {@code mix(index * 0x9E3779B9 ^ key)
   * >>> 8 >= threshold(rate)}, where mix is the 32-bit finaliser {@code x ^= x >>> 16; x *=
   * 0x7FEB352D; x ^= x >>> 15; x *= 0x846CA68B; x ^= x >>> 16} (C. Wellons, Prospecting for hash
   * functions, 2018: lowbias32).
   */
  public static boolean keeps(int key, int index, int threshold) {
    int x = index * 0x9E3779B9 ^ key;
    x ^= x >>> 16;
    x *= 0x7FEB352D;
    x ^= x >>> 15;
    x *= 0x846CA68B;
    x ^= x >>> 16;
    return x >>> 8 >= threshold;
  }

  /** The number of 2^24 equally likely hash values that drop an element: {@code rate * 2^24}. */
  public static int threshold(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "dropout rate: expected a number in [0, 1), found " + rate);
    }
    return (int) Math.round(rate * (1 << 24));
  }

  /** What kept elements are multiplied by: {@code 1 / (1 - rate)}. */
  public static float scale(double rate) {
    return (float) (1 / (1 - rate));
  }
}
