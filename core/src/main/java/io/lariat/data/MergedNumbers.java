package io.lariat.data;

import io.lariat.internal.rows.FeatureRows;
import io.lariat.internal.rows.RowBlocks;
import io.lariat.internal.text.Excerpt;
import io.lariat.internal.text.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds numbers that differ as they are written, or may, and are the same double. */
final class MergedNumbers {
  /** Numerals of fewer characters have fewer digits than a double tells apart. */
  private static final int SHORT = 16;

  /** Whole numbers up to this are doubles. */
  private static final double EXACT = 0x1p53;

  /** A column of fewer doubles in its range than this has lost much, if there are whole ones. */
  private static final double FEW_WHOLE = 0x1p24;

  private static final double FEW = 0x1p10;

  private MergedNumbers() {}

  /**
   * A sentence on the first such two of a column; null if there are none.
   *
   * @param texts distinct ones
   * @param numbers the double of each; NaN for what is no number
   */
  static @Nullable String note(String column, List<String> texts, double[] numbers) {
    Map<Double, String> known = new HashMap<>();
    for (int code = 0; code < texts.size(); code++) {
      String text = texts.get(code);
      if (text.length() < SHORT || Double.isNaN(numbers[code])) {
        continue;
      }
      String other = known.putIfAbsent(numbers[code] + 0.0, text);
      boolean differ =
          other != null && NumberClasses.exact(other).compareTo(NumberClasses.exact(text)) != 0;
      if (differ) {
        return String.format(
            Locale.ROOT,
            "column %s: %s and %s, and others like them, are the same number in double precision;"
                + " take a constant from the column, or make texts of its numbers",
            Excerpt.of(column),
            other,
            text);
      }
    }
    return null;
  }

  /**
   * A sentence on column {@code j} of {@code numbers}, of which the texts are not known any more,
   * if its numbers are so many times greater than their range that doubles hardly tell them apart;
   * else null.
   */
  static @Nullable String note(String column, RowBlocks numbers, int j) {
    if (!numbers.isWide(j)) {
      return null;
    }
    double low = numbers.get(0, j);
    double high = low;
    for (int i = 1; i < numbers.rows() && !areFarApart(low, high); i++) {
      double number = numbers.get(i, j);
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
    return note(column, low, high);
  }

  /** The sentences on such columns of {@code x}; of sparse rows, on the first. */
  static List<String> notes(List<Column> columns, FeatureRows x) {
    if (x instanceof SparseRows sparse) {
      @Nullable String merged = note(columns, sparse);
      return merged == null ? List.of() : List.of(merged);
    }
    List<String> notes = new ArrayList<>();
    int feature = 0;
    for (Column column : columns) {
      @Nullable String merged =
          column.isCategorical() ? null : note(column.name(), (RowBlocks) x, feature);
      feature += column.width();
      if (merged != null) {
        notes.add(merged);
      }
    }
    return notes;
  }

  private static @Nullable String note(List<Column> columns, SparseRows rows) {
    if (!rows.hasDoubles()) {
      return null;
    }
    double[] low = new double[rows.features()];
    double[] high = new double[rows.features()];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    for (int k = 0; k < rows.elements(); k++) {
      int j = rows.column(k);
      low[j] = Math.min(low[j], rows.value(k));
      high[j] = Math.max(high[j], rows.value(k));
    }
    for (int j = 0; j < low.length; j++) {
      @Nullable String note =
          low[j] < high[j] ? note(columns.get(j).name(), low[j], high[j]) : null;
      if (note != null) {
        return note;
      }
    }
    return null;
  }

  private static @Nullable String note(String column, double low, double high) {
    double size = Math.max(Math.abs(low), Math.abs(high));
    double step = Math.ulp(size);
    if (low == high || steps(low, high) >= (size > EXACT ? FEW_WHOLE : FEW)) {
      return null;
    }
    return String.format(
        Locale.ROOT,
        "column %s: from %s to %s doubles are %s apart, and numbers nearer to each other than that"
            + " the same; take a constant from the column",
        Excerpt.of(column),
        NumberText.of(low),
        NumberText.of(high),
        NumberText.of(step));
  }

  /**
   * Whether there is nothing to be said of a column that has these two numbers, whatever else it
   * has: one that doubles the size at most halves the steps, and one beyond that is itself as many
   * steps away as a double can tell.
   */
  private static boolean areFarApart(double low, double high) {
    return steps(low, high) >= 2 * FEW_WHOLE;
  }

  private static double steps(double low, double high) {
    return (high - low) / Math.ulp(Math.max(Math.abs(low), Math.abs(high)));
  }
}
