package io.lariat.data;

import io.lariat.internal.rows.RowBlocks;
import io.lariat.internal.text.CellKind;
import io.lariat.internal.text.Excerpt;
import io.lariat.internal.text.NumberText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Finds out what a column of target numbers means, and turns class labels into class numbers. */
final class TargetInference {

  private TargetInference() {}

  /**
   * A target.
   *
   * @param target what it means
   * @param y {@code [rows x 1]}: the numbers, or class numbers in ascending order of the labels
   * @param notes what is to be known of it
   */
  record Encoded(Target target, RowBlocks y, List<String> notes) {}

  /**
   * Of numbers as they are written: distinct ones are told apart by their texts, and these are the
   * classes' labels.
   *
   * @param task null: what {@link NumberClasses#infer} says
   * @param texts by code, at most {@value ClassLabels#MOST}
   * @param codes {@code [rows x 1]}; taken over
   * @throws DataException if the numbers do not suit the task
   */
  static Encoded ofTexts(String name, @Nullable Task task, List<String> texts, RowBlocks codes) {
    NumberClasses classes = NumberClasses.of(texts, counts(codes, texts.size()));
    if (classes.labels().size() < 2 && texts.size() > 1) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "target '%s': %s and %s are the same number, as are all in its rows: there is nothing"
                  + " to learn; put a letter before each if these are classes, or choose another"
                  + " target",
              name,
              Excerpt.of(texts.get(0)),
              Excerpt.of(texts.get(1))));
    }
    if (classes.labels().size() < 2) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "target '%s' is %s in every row: there is nothing to learn; choose another target",
              name,
              classes.labels().getFirst()));
    }
    Task chosen = task == null ? classes.infer() : task;
    if (chosen == Task.REGRESSION) {
      double[] numbers = new double[texts.size()];
      for (int code = 0; code < numbers.length; code++) {
        numbers[code] = CellKind.parse(texts.get(code).toCharArray(), 0, texts.get(code).length());
      }
      codes.recode(numbers);
      requireTwo(name, codes, classes.labels());
      @Nullable String merged = MergedNumbers.note(name, texts, numbers);
      List<String> notes = merged == null ? List.of() : List.of(merged);
      return new Encoded(new Target(name, chosen, List.of()), codes, notes);
    }
    requireClasses(name, chosen, classes.labels(), codes.rows());
    codes.recode(classes.classOf());
    Target target = new Target(name, chosen, classes.labels());
    return new Encoded(target, codes, rewritten(name, classes));
  }

  /**
   * Of numbers alone.
   *
   * @param numbers {@code [rows x 1]}; taken over
   * @param text how a number is written
   * @throws DataException if the numbers do not suit the task
   */
  static Encoded ofNumbers(
      String name, @Nullable Task task, RowBlocks numbers, DoubleFunction<String> text) {
    double[] distinct = distinct(numbers, ClassLabels.MOST);
    if (task == Task.REGRESSION || distinct.length > ClassLabels.MOST) {
      return ofMany(name, task, numbers);
    }
    RowBlocks codes = new RowBlocks(1);
    for (int i = 0; i < numbers.rows(); i++) {
      codes.add(Arrays.binarySearch(distinct, numbers.get(i, 0) + 0.0)); // -0 + 0 = 0
    }
    codes.trim();
    List<String> texts = Arrays.stream(distinct).mapToObj(text).toList();
    return ofTexts(name, task, texts, codes);
  }

  /**
   * Of numbers with more distinct ones than there may be classes.
   *
   * @param numbers {@code [rows x 1]}; taken over
   * @throws DataException if {@code task} is not null and no regression, or all are the same
   */
  static Encoded ofMany(String name, @Nullable Task task, RowBlocks numbers) {
    if (task != null && task != Task.REGRESSION) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "target '%s': more than %d distinct values in %d rows are no classes; use the"
                  + " regression task",
              name,
              ClassLabels.MOST,
              numbers.rows()));
    }
    requireTwo(name, numbers, List.of());
    return new Encoded(new Target(name, Task.REGRESSION, List.of()), numbers, List.of());
  }

  private static int[] counts(RowBlocks codes, int texts) {
    int[] counts = new int[texts];
    for (int i = 0; i < codes.rows(); i++) {
      counts[(int) codes.get(i, 0)]++;
    }
    return counts;
  }

  /** Fails if all are the same double. */
  private static void requireTwo(String name, RowBlocks numbers, List<String> texts) {
    for (int i = 1; i < numbers.rows(); i++) {
      if (numbers.get(i, 0) != numbers.get(0, 0)) {
        return;
      }
    }
    String number = NumberText.of(numbers.get(0, 0));
    throw new DataException(
        texts.size() < 2
            ? String.format(
                Locale.ROOT,
                "target '%s' is %s in every row: there is nothing to learn; choose another target",
                name,
                number)
            : String.format(
                Locale.ROOT,
                "target '%s': %s and %s are the same 64-bit double, as are all its numbers; take a"
                    + " constant from them",
                name,
                texts.get(0),
                texts.get(1)));
  }

  private static void requireClasses(String name, Task task, List<String> labels, int rows) {
    int count = labels.size();
    if (task == Task.BINARY && count > 2) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "target '%s': expected two distinct values for a binary task, found more than two"
                  + " (%s, %s, %s, ...); use the multiclass or regression task",
              name,
              labels.get(0),
              labels.get(1),
              labels.get(2)));
    }
    if (count > Math.max(2, rows / 2)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "target '%s': %d distinct values in %d rows are no classes; use the regression task",
              name,
              count,
              rows));
    }
  }

  private static List<String> rewritten(String name, NumberClasses classes) {
    List<String> found = classes.rewritten();
    if (found.isEmpty()) {
      return List.of();
    }
    String more = found.size() > 1 ? " and " + (found.size() - 1) + " more" : "";
    return List.of(
        String.format(
            Locale.ROOT,
            "target '%s': class %s%s; numbers that are equal are one class",
            name,
            found.getFirst(),
            more));
  }

  /** The distinct values in ascending order; gives up after {@code most + 1} of them. */
  private static double[] distinct(RowBlocks values, int most) {
    double[] found = new double[16];
    int count = 0;
    for (int i = 0; i < values.rows() && count <= most; i++) {
      double value = values.get(i, 0) + 0.0; // -0 + 0 = 0
      int at = Arrays.binarySearch(found, 0, count, value);
      if (at < 0) {
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        int insert = -at - 1;
        System.arraycopy(found, insert, found, insert + 1, count - insert);
        found[insert] = value;
        count++;
      }
    }
    return Arrays.copyOf(found, count);
  }
}
