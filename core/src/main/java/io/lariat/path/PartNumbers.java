package io.lariat.path;

import java.nio.ByteBuffer;

/** Doubles as the bytes of a kept part, and back, bit for bit. */
final class PartNumbers {
  private PartNumbers() {}

  static byte[] bytes(double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  static double[] doubles(byte[] part) {
    double[] values = new double[part.length / Double.BYTES];
    ByteBuffer.wrap(part).asDoubleBuffer().get(values);
    return values;
  }
}
