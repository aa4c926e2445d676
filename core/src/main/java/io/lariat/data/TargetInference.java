package io.lariat.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Finds out what a column of target numbers means, and turns class labels into class numbers. */
final class TargetInference {

  /** More distinct whole numbers than this are taken for a quantity, not for classes. */
  static final int MOST_CLASSES_INFERRED = 20;

  private TargetInference() {}

  /**
   * The task that {@code values [rows x 1]} suggest: two distinct values are {@link Task#BINARY},
   * up to {@value #MOST_CLASSES_INFERRED} distinct whole numbers {@link Task#MULTICLASS}, all else
   * {@link Task#REGRESSION}.
   */
  static Task infer(RowBlocks values) {
    float[] distinct = distinct(values, MOST_CLASSES_INFERRED);
    if (distinct.length == 2) {
      return Task.BINARY;
    }
    boolean classes = distinct.length <= MOST_CLASSES_INFERRED && allWhole(distinct);
    return classes ? Task.MULTICLASS : Task.REGRESSION;
  }

  /**
   * The target of {@code values} under {@code task}; for a classification replaces the labels in
   * {@code values} by class numbers, in ascending order of the labels.
   *
   * @throws DataException if the values do not suit the task
   */
  static Target encode(String name, Task task, RowBlocks values) {
    if (task == Task.REGRESSION) {
      requireTwo(name, distinct(values, 2));
      return new Target(name, task, List.of());
    }
    int most = task == Task.BINARY ? 2 : ClassLabels.MOST;
    float[] labels = distinct(values, most);
    requireTwo(name, labels);
    if (labels.length > most && task == Task.BINARY) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "target '%s': expected two distinct values for a binary task, found more than two"
                  + " (%s, %s, %s, ...); use the multiclass or regression task",
              name,
              label(labels[0]),
              label(labels[1]),
              label(labels[2])));
    }
    if (labels.length > Math.min(most, Math.max(2, values.rows() / 2))) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "target '%s': %s%d distinct values in %d rows are no classes; use the regression"
                  + " task",
              name,
              labels.length > most ? "more than " : "",
              Math.min(labels.length, most),
              values.rows()));
    }
    for (int i = 0; i < values.rows(); i++) {
      float value = values.get(i, 0);
      values.set(i, 0, Arrays.binarySearch(labels, value == 0 ? 0f : value));
    }
    List<String> classes = new ArrayList<>();
    for (float l : labels) {
      classes.add(label(l));
    }
    return new Target(name, task, classes);
  }

  private static void requireTwo(String name, float[] distinct) {
    if (distinct.length < 2) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "target '%s' is %s in every row: there is nothing to learn; choose another target",
              name,
              label(distinct[0])));
    }
  }

  /** The distinct values in ascending order; gives up after {@code most + 1} of them. */
  private static float[] distinct(RowBlocks values, int most) {
    float[] found = new float[16];
    int count = 0;
    for (int i = 0; i < values.rows(); i++) {
      float value = values.get(i, 0);
      float v = value == 0 ? 0f : value;
      int at = Arrays.binarySearch(found, 0, count, v);
      if (at < 0) {
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        int insert = -at - 1;
        System.arraycopy(found, insert, found, insert + 1, count - insert);
        found[insert] = v;
        count++;
        if (count > most) {
          break;
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static boolean allWhole(float[] values) {
    for (float v : values) {
      if (v != Math.rint(v)) {
        return false;
      }
    }
    return true;
  }

  static String label(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e7
        ? Integer.toString((int) value)
        : Float.toString(value);
  }
}
