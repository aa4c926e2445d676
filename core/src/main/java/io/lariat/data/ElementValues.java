package io.lariat.data;

import java.util.Arrays;

/**
 * The values of the elements of sparse rows, kept exactly: as floats that stand for doubles by one
 * {@link FloatCode} as long as that holds all of them, else as doubles.
 */
final class ElementValues {
  private float[] floats;
  private double[] doubles = {};
  private int code;
  private boolean isWide;
  private int size;

  /** None yet. */
  ElementValues() {
    this(new float[1024], 0);
  }

  private ElementValues(float[] floats, int size) {
    this.floats = floats;
    this.size = size;
  }

  /** Floats that stand for themselves; kept, not copied. */
  static ElementValues of(float[] values) {
    return new ElementValues(values, values.length);
  }

  /** A copy of doubles. */
  static ElementValues of(double[] values) {
    ElementValues all = new ElementValues();
    for (double value : values) {
      all.add(value);
    }
    all.trim();
    return all;
  }

  /** How many there are. */
  int size() {
    return size;
  }

  /** Whether they are kept as doubles. */
  boolean isWide() {
    return isWide;
  }

  /** Value {@code k}. */
  double get(int k) {
    return isWide ? doubles[k] : FloatCode.decode(floats[k], code);
  }

  /** The float nearest to value {@code k}. */
  float nearest(int k) {
    return isWide ? (float) doubles[k] : floats[k];
  }

  /** Appends one. */
  void add(double value) {
    if (!isWide && !FloatCode.holds(value, code)) {
      adapt(value);
    }
    if (isWide) {
      if (size == doubles.length) {
        doubles = Arrays.copyOf(doubles, longer());
      }
      doubles[size++] = value;
    } else {
      if (size == floats.length) {
        floats = Arrays.copyOf(floats, longer());
      }
      floats[size++] = (float) value;
    }
  }

  private int longer() {
    return (int) Math.min(Integer.MAX_VALUE - 8L, 2L * size);
  }

  private void adapt(double value) {
    for (int d = code + 1; d <= FloatCode.SIGNIFICANT; d++) {
      if (FloatCode.holds(value, d) && holds(d)) {
        code = d;
        return;
      }
    }
    doubles = new double[floats.length];
    for (int k = 0; k < size; k++) {
      doubles[k] = get(k);
    }
    isWide = true;
    floats = new float[0];
  }

  private boolean holds(int more) {
    for (int k = 0; k < size; k++) {
      if (!FloatCode.holds(get(k), more)) {
        return false;
      }
    }
    return true;
  }

  /** Gives back the room for more. */
  void trim() {
    if (isWide) {
      doubles = Arrays.copyOf(doubles, size);
    } else {
      floats = Arrays.copyOf(floats, size);
    }
  }
}
