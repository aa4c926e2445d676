package io.lariat.cli.words;

import java.util.Locale;

/** How numbers are shown to people. */
public final class Figures {
  private Figures() {}

  /** A loss or a metric, in up to 9 characters. */
  public static String number(double value) {
    double size = Math.abs(value);
    return value == 0 || (size >= 0.001 && size < 100_000)
        ? String.format(Locale.ROOT, "%.4f", value)
        : String.format(Locale.ROOT, "%.2e", value);
  }

  /** A share of the whole: {@code 75.5 %}. */
  public static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0 : 100.0 * part / whole);
  }

  /** A count with separators: {@code 12,289}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A count and its noun: {@code 1 row}, {@code 57 rows}. */
  public static String count(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** A duration. */
  public static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f" : "%.1f", seconds);
  }
}
