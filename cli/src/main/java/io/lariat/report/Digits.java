package io.lariat.report;

import io.lariat.model.Metric;
import java.math.BigDecimal;
import java.util.Locale;

/** How the report writes numbers: no more digits than mean something, no rounding to a false 0. */
final class Digits {
  private Digits() {}

  /** Three significant digits: {@code 0.0512}, {@code 12.3}, {@code 16,835}, {@code 3.10e-7}. */
  static String of(double value) {
    return of(value, 3);
  }

  /** The given number of significant digits; never fewer than those before the point. */
  static String of(double value, int significant) {
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
  static String of(double value, Metric metric) {
    return metric.isShare() ? percent(value) : of(value);
  }

  /** A number as it was typed: {@code 0.001}, {@code 1}. */
  static String setting(double value) {
    String text = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return text.length() > 10 ? Double.toString(value) : text;
  }

  /** A whole number with its thousands apart: {@code 12,096}. */
  static String count(long value) {
    return minus(String.format(Locale.ROOT, "%,d", value));
  }

  /** A number of things: {@code 1 row}, {@code 512 rows}. */
  static String count(long value, String thing) {
    return count(value) + " " + thing + (value == 1 ? "" : "s");
  }

  /** A share in percent with one digit; 0 % and 100 % only where that is exact. */
  static String percent(double share) {
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
