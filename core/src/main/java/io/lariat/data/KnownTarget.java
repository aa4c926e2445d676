package io.lariat.data;

import java.util.List;
import java.util.Locale;

/**
 * The target of a model, as which other data's targets are understood.
 *
 * @param target the model's
 */
record KnownTarget(Target target) {
  private static final int MOST_CLASSES_LISTED = 10;

  static KnownTarget of(Target target) {
    return new KnownTarget(target);
  }

  /**
   * The targets of {@code data} as this target numbers them.
   *
   * @throws DataException if one is none of the classes, or no number where numbers are predicted
   */
  double[] encode(Dataset data) {
    double[] targets = new double[data.rows()];
    data.copyTargets(0, data.rows(), targets);
    List<String> labels = data.schema().target().classes();
    if (target.task() == Task.REGRESSION && labels.isEmpty()) {
      return targets;
    }
    double[] codes = new double[labels.size()];
    for (int c = 0; c < codes.length; c++) {
      codes[c] =
          target.task() == Task.REGRESSION
              ? number(data, labels.get(c))
              : code(data, labels.get(c));
    }
    for (int i = 0; i < targets.length; i++) {
      targets[i] =
          labels.isEmpty() ? code(data, String.valueOf(targets[i])) : codes[(int) targets[i]];
    }
    return targets;
  }

  private double number(Dataset data, String label) {
    double number = value(label);
    if (Double.isNaN(number)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: the target %s is no number, and the model predicts numbers",
              data.source(),
              Excerpt.of(label)));
    }
    return number;
  }

  /** The number of the class that is called so, or is the same number written in another way. */
  private int code(Dataset data, String label) {
    int code = target.classes().indexOf(label);
    for (int c = 0; c < target.classes().size() && code < 0; c++) {
      code = value(target.classes().get(c)) == value(label) ? c : -1;
    }
    if (code < 0) {
      throw unknown(data.source(), label);
    }
    return code;
  }

  /** What is said of a class that the model does not have. */
  DataException unknown(String place, String label) {
    List<String> classes = target.classes();
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

  /** The number that a label is; NaN, which equals nothing, if it is none. */
  private static double value(String label) {
    try {
      return Double.parseDouble(label);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
