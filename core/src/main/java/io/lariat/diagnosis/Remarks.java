package io.lariat.diagnosis;

import java.util.List;
import java.util.Locale;

/** How remarks are worded. */
final class Remarks {
  private static final int MOST_NAMED = 5;

  private Remarks() {}

  /** A number in a few digits. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value)
        .replaceFirst("(\\.\\d*?)0+($|e)", "$1$2")
        .replaceFirst("\\.($|e)", "$1");
  }

  /** The first of {@code some}, and how many more there are. */
  static String list(List<String> some) {
    int more = some.size() - MOST_NAMED;
    String text = String.join(", ", some.subList(0, Math.min(MOST_NAMED, some.size())));
    return more > 0 ? text + " and " + more + " more" : text;
  }
}
