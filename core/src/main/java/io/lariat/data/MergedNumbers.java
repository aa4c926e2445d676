package io.lariat.data;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds numbers that differ as they are written and are the same double. */
final class MergedNumbers {
  /** Numerals of fewer characters have fewer digits than a double tells apart. */
  private static final int SHORT = 16;

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
}
