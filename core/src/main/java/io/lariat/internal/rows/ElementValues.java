package io.lariat.internal.rows;

import java.util.Arrays;

/**
 * The values of the elements of sparse rows, kept exactly: as floats that stand for doubles by one
 * {@link FloatCode}, but for exceptions, whose doubles are kept beside; in the place of its float
 * an exception has a NaN with its number among them. When most values are exceptions, as where
 * every feature needs its doubles, or these are more than a NaN has numbers for, all are kept as
 * doubles.
 */
public final class ElementValues {
  /** A quiet NaN, which no processor changes; the bits below are free. No value is NaN. */
  private static final int EXCEPTION = 0x7fc00000;

  private static final int MOST_EXCEPTIONS = 1 << 22;

  /** So few are no reason to keep all as doubles. */
  private static final int FEW_EXCEPTIONS = 1 << 10;

  private float[] floats;
  private double[] doubles = {};
  private int code;
  private int exceptions;
  private boolean isWide;
  private int size;

  /** A bit for each code that does not hold some value that the present one holds. */
  private int refuted;

  /** None yet. */
  public ElementValues() {
    this(new float[1024], 0);
  }

  private ElementValues(float[] floats, int size) {
    this.floats = floats;
    this.size = size;
  }

  /** Floats that stand for themselves; kept, not copied. */
  public static ElementValues of(float[] values) {
    return new ElementValues(values, values.length);
  }

  /** A copy of doubles. */
  public static ElementValues of(double[] values) {
    ElementValues all = new ElementValues();
    for (double value : values) {
      all.add(value);
    }
    all.trim();
    return all;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Whether any is kept as a double. */
  public boolean hasDoubles() {
    return doubles.length > 0;
  }

  /** The room they take, in bytes. */
  public long bytes() {
    return (long) Float.BYTES * floats.length + (long) Double.BYTES * doubles.length;
  }

  /** Value {@code k}. */
  public double get(int k) {
    if (isWide) {
      return doubles[k];
    }
    float value = floats[k];
    return isException(value) ? doubles[number(value)] : FloatCode.decode(value, code);
  }

  /** The float nearest to value {@code k}. */
  public float nearest(int k) {
    if (isWide) {
      return (float) doubles[k];
    }
    float value = floats[k];
    return isException(value) ? (float) doubles[number(value)] : value;
  }

  /** Not so where there are none: floats that were given may be NaN, and are refused later. */
  private boolean isException(float value) {
    return Float.isNaN(value) && exceptions > 0;
  }

  private static int number(float exception) {
    return Float.floatToRawIntBits(exception) ^ EXCEPTION;
  }

  /** Appends one. */
  public void add(double value) {
    boolean isHeld = isWide || FloatCode.holds(value, code) || adapt(value);
    if (!isHeld && (exceptions == MOST_EXCEPTIONS || 2 * exceptions > size + FEW_EXCEPTIONS)) {
      widen();
    }
    if (isWide) {
      doubles = withRoom(doubles, size);
      doubles[size++] = value;
      return;
    }
    if (size == floats.length) {
      floats = Arrays.copyOf(floats, longer(size));
    }
    if (isHeld) {
      floats[size++] = (float) value;
    } else {
      doubles = withRoom(doubles, exceptions);
      floats[size++] = Float.intBitsToFloat(EXCEPTION | exceptions);
      doubles[exceptions++] = value;
    }
  }

  private static double[] withRoom(double[] values, int used) {
    return used < values.length ? values : Arrays.copyOf(values, longer(used));
  }

  private static int longer(int size) {
    return (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(16L, 2L * size));
  }

  /** Takes on a code that holds {@code value} and all that this one does, if there is one. */
  private boolean adapt(double value) {
    for (int d = code + 1; d <= FloatCode.SIGNIFICANT; d++) {
      if ((refuted & (1 << d)) == 0 && FloatCode.holds(value, d)) {
        if (holds(d)) {
          code = d;
          return true;
        }
        refuted |= 1 << d;
      }
    }
    return false;
  }

  private boolean holds(int more) {
    for (int k = 0; k < size; k++) {
      if (!isException(floats[k]) && !FloatCode.holds(get(k), more)) {
        return false;
      }
    }
    return true;
  }

  private void widen() {
    double[] all = new double[floats.length];
    for (int k = 0; k < size; k++) {
      all[k] = get(k);
    }
    doubles = all;
    isWide = true;
    floats = new float[0];
  }

  /** Gives back the room for more. */
  public void trim() {
    doubles = Arrays.copyOf(doubles, isWide ? size : exceptions);
    floats = Arrays.copyOf(floats, isWide ? 0 : size);
  }
}
