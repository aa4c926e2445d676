package io.lariat.cuda;

import java.util.Locale;

/**
 * What can be set about the backend.
 *
 * @param tf32 whether cuBLAS may round factors to TF32, 10 bits of fraction, which is several times
 *     faster; off unless asked for
 * @param replay how recorded steps are run
 * @param large the multiplications from which on a product is cuBLAS's
 */
record CudaSettings(boolean tf32, ReplayMode replay, double large) {

  /** The system property for {@link #tf32}: {@value}. */
  static final String TF32_PROPERTY = "lariat.cuda.tf32";

  /** The system property for {@link #large}: {@value}. */
  static final String LARGE_PROPERTY = "lariat.cuda.large";

  /**
   * Below this many the small product's kernel, which does bias, activation and sums in one go,
   * costs less than cuBLAS and a kernel after it. An estimate that was not measured yet.
   */
  private static final double LARGE = 1 << 26;

  /** What the system properties say. */
  static CudaSettings fromSystemProperties() {
    return new CudaSettings(tf32Property(), ReplayMode.fromSystemProperty(), largeProperty());
  }

  private static boolean tf32Property() {
    String value = System.getProperty(TF32_PROPERTY, "false").strip();
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(TF32_PROPERTY, "true or false", value);
    };
  }

  private static double largeProperty() {
    String value = System.getProperty(LARGE_PROPERTY);
    if (value == null) {
      return LARGE;
    }
    double number;
    try {
      number = Double.parseDouble(value.strip());
    } catch (NumberFormatException e) {
      number = Double.NaN;
    }
    if (!(number >= 0)) {
      throw wrong(LARGE_PROPERTY, "a number of multiplications", value);
    }
    return number;
  }

  private static IllegalArgumentException wrong(String property, String expected, String found) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT, "system property %s: expected %s, found '%s'", property, expected, found));
  }
}
