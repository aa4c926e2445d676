package io.lariat.simd.machine;

import org.jspecify.annotations.Nullable;

/**
 * How wide the vectors are: the JVM's preferred width, unless {@value #PROPERTY} asks for another.
 * Names no Vector type, so that it can be asked where the module is missing.
 */
public final class VectorWidth {

  /** The system property that forces a width: {@value}. */
  public static final String PROPERTY = "lariat.simd.bits";

  private VectorWidth() {}

  /**
   * The width to use.
   *
   * @param preferred the JVM's preferred width, in bits
   */
  static int chosenBits(int preferred) {
    String asked = System.getProperty(PROPERTY);
    return asked == null ? Math.min(preferred, 512) : parse(asked);
  }

  /**
   * Why vectors of the wanted width cannot be had, or null.
   *
   * @param asked the value of {@value #PROPERTY}, null if it is not set
   * @param preferred the JVM's preferred width, in bits
   */
  public static @Nullable String refusal(@Nullable String asked, int preferred) {
    if (asked == null) {
      return preferred >= 128
          ? null
          : "the JVM's vectors are only " + preferred + " bits wide here, 128 are needed";
    }
    int bits = parse(asked);
    if (bits < 0) {
      return PROPERTY + ": expected 128, 256 or 512, found '" + asked + "'";
    }
    return bits <= preferred
        ? null
        : PROPERTY
            + ": "
            + bits
            + "-bit vectors asked for, this machine and JVM have "
            + preferred
            + " bits; leave the property away";
  }

  private static int parse(String asked) {
    return switch (asked.strip()) {
      case "128" -> 128;
      case "256" -> 256;
      case "512" -> 512;
      default -> -1;
    };
  }
}
