package io.lariat.cli.words;

import io.lariat.model.Metric;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * How numbers are shown to people: in lines of a fixed width ({@link #number}, {@link #percent}),
 * and on pages ({@link #digits(double)}, {@link #share}), with no more digits than mean something
 * and no rounding to a false 0.
 */
public final class Figures {
  private Figures() {}

  /** A loss or a metric, in up to 9 characters. */
  public static String number(double value) {
    double size = Math.abs(value);
    return value == 0 || (size >= 0.001 && size < 100_000)
        ? Text.of("%.4f", value)
        : Text.of("%.2e", value);
  }

  /** A share of the whole: {@code 75.5 %}. */
  public static String percent(long part, long whole) {
    return Text.of("%.1f %%", whole == 0 ? 0 : 100.0 * part / whole);
  }

  /** A count with separators: {@code 12,289}. */
  public static String count(long count) {
    return Text.of("%,d", count);
  }

  /** A count and its noun: {@code 1 row}, {@code 57 rows}. */
  public static String count(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** A duration. */
  public static String seconds(double seconds) {
    return Text.of(seconds < 10 ? "%.2f" : "%.1f", seconds);
  }

  /** Three significant digits: {@code 0.0512}, {@code 12.3}, {@code 16,835}, {@code 3.10e-7}. */
  public static String digits(double value) {
    return digits(value, 3);
  }

  /** The given number of significant digits; never fewer than those before the point. */
  public static String digits(double value, int significant) {
    if (!Double.isFinite(value)) {
      return "not defined";
    }
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size < 1e-4 || size >= 1e6) {
      return minus(
              String.format(Locale.ROOT, "%." + (significant - 1) + "e", value)
                  .replaceFirst("e([+-])0?", "e$1"))
          .replace("e+", "e");
    }
    int decimals = Math.max(0, significant - 1 - (int) Math.floor(Math.log10(size)));
    return minus(String.format(Locale.ROOT, "%,." + decimals + "f", value));
  }

  /** A metric: a share in percent, all else as a number. */
  public static String digits(double value, Metric metric) {
    return metric.isShare() ? share(value) : digits(value);
  }

  /** A number as it was typed: {@code 0.001}, {@code 1}. */
  public static String setting(double value) {
    String text = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return text.length() > 10 ? Double.toString(value) : text;
  }

  /** A share in percent with one digit; 0 % and 100 % only where that is exact. */
  public static String share(double share) {
    if (!Double.isFinite(share)) {
      return "not defined";
    }
    if (share > 0 && share < 0.0005) {
      return "<0.1\u00a0%";
    }
    if (share > 0.9995 && share < 1) {
      return ">99.9\u00a0%";
    }
    String digits = share == 0 || share == 1 ? "%.0f" : "%.1f";
    return minus(String.format(Locale.ROOT, digits, 100 * share)) + "\u00a0%";
  }

  /** A sign of its own, so that no line breaks between it and the number. */
  private static String minus(String number) {
    return number.startsWith("-") ? "\u2212" + number.substring(1) : number;
  }
}
