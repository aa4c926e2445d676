package io.lariat.cuda;

import java.util.Locale;

/** Numbers of bytes for people. */
final class Bytes {
  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB"};

  private Bytes() {}

  /** With the largest unit of which there is one: {@code 1.5 GiB}. */
  static String text(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    String number = String.format(Locale.ROOT, value < 10 && unit > 0 ? "%.1f" : "%.0f", value);
    return number + " " + UNITS[unit];
  }
}
