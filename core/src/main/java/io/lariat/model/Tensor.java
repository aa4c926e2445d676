package io.lariat.model;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** An array of numbers with a shape, row-major; immutable. */
public final class Tensor {

  /** The type of a tensor's numbers. */
  public enum Type {
    /** 32-bit floats. */
    F32(Float.BYTES),
    /** 64-bit floats. */
    F64(Double.BYTES);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /** The bytes of one number. */
    int bytes() {
      return bytes;
    }
  }

  private final Type type;
  private final int[] shape;
  private final float[] floats;
  private final double[] doubles;

  private Tensor(Type type, int[] shape, float[] floats, double[] doubles) {
    this.type = type;
    this.shape = shape.clone();
    this.floats = floats;
    this.doubles = doubles;
    if (count(shape) != size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "tensor: expected %s, found %d numbers", shapeText(shape), size()));
    }
  }

  /** A tensor of floats; the array is copied. */
  public static Tensor of(int[] shape, float[] values) {
    return wrap(shape, values.clone());
  }

  /** A tensor of doubles; the array is copied. */
  public static Tensor of(int[] shape, double[] values) {
    return wrap(shape, values.clone());
  }

  /** A tensor that keeps {@code values}. */
  static Tensor wrap(int[] shape, float[] values) {
    return new Tensor(Type.F32, shape, values, new double[0]);
  }

  /** A tensor that keeps {@code values}. */
  static Tensor wrap(int[] shape, double[] values) {
    return new Tensor(Type.F64, shape, new float[0], values);
  }

  /** The type of the numbers. */
  public Type type() {
    return type;
  }

  /** A copy of the shape; empty for a single number. */
  public int[] shape() {
    return shape.clone();
  }

  /** Whether the shape is {@code expected}. */
  boolean hasShape(int... expected) {
    return Arrays.equals(shape, expected);
  }

  /** How many numbers it holds. */
  public int size() {
    return type == Type.F32 ? floats.length : doubles.length;
  }

  /** Number {@code i}, counted row-major. */
  double value(int i) {
    return type == Type.F32 ? floats[i] : doubles[i];
  }

  /** A copy of the numbers, rounded to float if they are doubles. */
  public float[] floats() {
    float[] out = new float[size()];
    copyTo(out, 0);
    return out;
  }

  /** A copy of the numbers as doubles. */
  public double[] doubles() {
    double[] out = new double[size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = value(i);
    }
    return out;
  }

  /** Copies the numbers as floats to {@code out} from {@code at} on. */
  void copyTo(float[] out, int at) {
    if (type == Type.F32) {
      System.arraycopy(floats, 0, out, at, floats.length);
      return;
    }
    for (int i = 0; i < doubles.length; i++) {
      out[at + i] = (float) doubles[i];
    }
  }

  /** Puts number {@code i} into {@code buffer}. */
  void put(int i, ByteBuffer buffer) {
    if (type == Type.F32) {
      buffer.putFloat(floats[i]);
    } else {
      buffer.putDouble(doubles[i]);
    }
  }

  /** How many numbers a shape holds; -1 if it has a negative side or they are more than 2^60. */
  static long count(int... shape) {
    long count = 1;
    for (int n : shape) {
      if (n <= 0) {
        return Arrays.stream(shape).anyMatch(m -> m < 0) ? -1 : 0;
      }
      // Stays far below 2^63: at most 2^60 before, and the comparison is exact.
      count = count > (1L << 60) / n ? 1L << 61 : count * n;
    }
    return count > 1L << 60 ? -1 : count;
  }

  /** A shape as messages show it: {@code [30x128]}. */
  static String shapeText(int... shape) {
    return Arrays.stream(shape)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining("x", "[", "]"));
  }

  @Override
  public String toString() {
    return type + " " + shapeText(shape);
  }
}
