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
    if (labels.isEmpty() && target.classes().isEmpty()) {
      return targets;
    }
    double[] codes = labels.stream().mapToDouble(label -> code(data.source(), label)).toArray();
    for (int i = 0; i < targets.length; i++) {
      targets[i] =
          labels.isEmpty()
              ? code(data.source(), String.valueOf(targets[i]))
              : codes[(int) targets[i]];
    }
    return targets;
  }

  /**
   * The target that {@code label} means: a number, or the class that is called so, or is the same
   * number written in another way.
   *
   * @param place what messages begin with
   * @throws DataException if there is none
   */
  double code(String place, String label) {
    if (target.classes().isEmpty()) {
      return requireNumber(place, label);
    }
    int code = target.classes().indexOf(label);
    for (int c = 0; c < target.classes().size() && code < 0; c++) {
      code = value(target.classes().get(c)) == value(label) ? c : -1;
    }
    if (code < 0) {
      throw unknown(place, label);
    }
    return code;
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
