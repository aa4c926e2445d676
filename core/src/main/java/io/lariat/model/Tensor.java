package io.lariat.model;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
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
    F64(Double.BYTES),
    /** Unsigned bytes. */
    U8(Byte.BYTES);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /** The bytes of one number. */
    int bytes() {
      return bytes;
    }
  }

  private static final float[] NO_FLOATS = {};
  private static final double[] NO_DOUBLES = {};
  private static final byte[] NO_BYTES = {};

  private final Type type;
  private final int[] shape;
  private final float[] floats;
  private final double[] doubles;
  private final byte[] bytes;

  private Tensor(Type type, int[] shape, float[] floats, double[] doubles, byte[] bytes) {
    this.type = type;
    this.shape = shape.clone();
    this.floats = floats;
    this.doubles = doubles;
    this.bytes = bytes;
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

  /** A tensor of unsigned bytes; the array is copied. */
  public static Tensor of(int[] shape, byte[] values) {
    return wrap(shape, values.clone());
  }

  /** A tensor that keeps {@code values}. */
  static Tensor wrap(int[] shape, float[] values) {
    return new Tensor(Type.F32, shape, values, NO_DOUBLES, NO_BYTES);
  }

  /** A tensor that keeps {@code values}. */
  static Tensor wrap(int[] shape, double[] values) {
    return new Tensor(Type.F64, shape, NO_FLOATS, values, NO_BYTES);
  }

  /** A tensor that keeps {@code values}. */
  static Tensor wrap(int[] shape, byte[] values) {
    return new Tensor(Type.U8, shape, NO_FLOATS, NO_DOUBLES, values);
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
    return switch (type) {
      case F32 -> floats.length;
      case F64 -> doubles.length;
      case U8 -> bytes.length;
    };
  }

  /** Number {@code i}, counted row-major. */
  double value(int i) {
    return switch (type) {
      case F32 -> floats[i];
      case F64 -> doubles[i];
      case U8 -> Byte.toUnsignedInt(bytes[i]);
    };
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
    for (int i = 0; i < size(); i++) {
      out[at + i] = (float) value(i);
    }
  }

  /** A stream of the bytes of a tensor of type U8. */
  InputStream byteStream() {
    return new ByteArrayInputStream(bytes);
  }

  /** Puts number {@code i} into {@code buffer}. */
  void put(int i, ByteBuffer buffer) {
    switch (type) {
      case F32 -> buffer.putFloat(floats[i]);
      case F64 -> buffer.putDouble(doubles[i]);
      case U8 -> buffer.put(bytes[i]);
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
