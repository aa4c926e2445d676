package io.lariat.data;

import io.lariat.internal.rows.RowBlocks;
import io.lariat.internal.text.CellKind;
import io.lariat.internal.text.Excerpt;
import io.lariat.internal.text.NumberText;
import java.util.List;
import java.util.Locale;

/** The target of a model, as which other data's targets are understood. */
final class KnownTarget {
  private static final int MOST_CLASSES_LISTED = 10;

  private final List<String> classes;

  /** The classes that are numbers; NaN, which equals nothing, for others. */
  private final double[] numbers;

  private KnownTarget(List<String> classes) {
    this.classes = classes;
    numbers = classes.stream().mapToDouble(KnownTarget::value).toArray();
  }

  static KnownTarget of(Target target) {
    return new KnownTarget(target.classes());
  }

  /**
   * The targets of {@code data} as this target numbers them, {@code [rows x 1]}.
   *
   * @throws DataException if one is none of the classes, or no number where numbers are predicted
   */
  RowBlocks encode(Dataset data) {
    List<String> labels = data.schema().target().classes();
    double[] codes = labels.stream().mapToDouble(label -> code(data.source(), label)).toArray();
    RowBlocks encoded = new RowBlocks(1);
    for (int i = 0; i < data.rows(); i++) {
      double own = data.target(i);
      encoded.add(
          !labels.isEmpty()
              ? codes[(int) own]
              : classes.isEmpty() ? own : code(data.source(), NumberText.of(own)));
    }
    encoded.trim();
    return encoded;
  }

  /**
   * The target that {@code label} means: a number, or the class that is called so, or is the same
   * number written in another way.
   *
   * @param place what messages begin with
   * @throws DataException if there is none
   */
  double code(String place, String label) {
    if (classes.isEmpty()) {
      return requireNumber(place, label);
    }
    int called = classes.indexOf(label);
    int code = called < 0 ? same(value(label)) : called;
    if (code < 0) {
      throw unknown(place, label);
    }
    return code;
  }

  /** The class that is the same number; -1 if there is none. */
  private int same(double number) {
    for (int c = 0; c < numbers.length; c++) {
      if (numbers[c] == number) {
        return c;
      }
    }
    // Models of before knew large numbers as floats, in Java's notation.
    String rounded = Float.toString((float) number);
    return rounded.contains("E") ? classes.indexOf(rounded) : -1;
  }

  private static double requireNumber(String place, String label) {
    double number = value(label);
    if (Double.isNaN(number)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: the target %s is no number, and the model predicts numbers",
              place,
              Excerpt.of(label)));
    }
    return number;
  }

  private DataException unknown(String place, String label) {
    int more = classes.size() - MOST_CLASSES_LISTED;
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: %s is a class that the model does not know; it knows %s%s",
            place,
            Excerpt.of(label),
            String.join(
                ", ", classes.stream().limit(MOST_CLASSES_LISTED).map(Excerpt::of).toList()),
            more > 0 ? " and " + more + " more" : ""));
  }

  private static double value(String label) {
    return CellKind.parse(label.toCharArray(), 0, label.length());
  }
}
