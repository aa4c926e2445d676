package io.lariat.train;

import java.nio.ByteBuffer;

/** Doubles as the bytes of a part that {@link Parts} keep, and back, bit for bit. */
public final class PartNumbers {
  private PartNumbers() {}

  /** The bytes of {@code values}. */
  public static byte[] bytes(double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  /** The doubles of {@code part}. */
  public static double[] doubles(byte[] part) {
    double[] values = new double[part.length / Double.BYTES];
    ByteBuffer.wrap(part).asDoubleBuffer().get(values);
    return values;
  }
}
