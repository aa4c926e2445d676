package io.lariat.train;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Doubles as the bytes of a part that {@link Parts} keep, and back, bit for bit. */
public final class PartNumbers {
  private PartNumbers() {}

  /** The bytes of {@code values}. */
  public static byte[] bytes(double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  /**
   * The doubles that {@code parts} have under {@code name}; null: they have none.
   *
   * @param least how many there must be
   * @param most how many there may be
   * @throws PartException if there are others
   */
  public static double @Nullable [] find(Parts parts, String name, int least, long most) {
    byte @Nullable [] part = parts.find(name);
    if (part == null) {
      return null;
    }
    double[] values = new double[part.length / Double.BYTES];
    if (values.length < least || values.length > most || part.length % Double.BYTES != 0) {
      throw new PartException(
          name, part.length + " bytes are not " + least + " numbers, or as many as it may have");
    }
    ByteBuffer.wrap(part).asDoubleBuffer().get(values);
    return values;
  }
}
