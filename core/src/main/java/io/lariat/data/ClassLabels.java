package io.lariat.data;

import io.lariat.internal.text.Excerpt;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes a target of texts: the classes in sorted order. */
final class ClassLabels {
  /** More classes than this are no classes. */
  static final int MOST = 1000;

  private ClassLabels() {}

  /**
   * The target whose class labels are {@code classes}.
   *
   * @param file the file's name as messages show it
   * @param task what the caller asked for; null: binary for two classes, multiclass for more
   * @param classes the distinct labels, sorted
   */
  static Target target(
      String file, String name, @Nullable Task task, List<String> classes, int rows) {
    String where = file + ": target " + Excerpt.of(name);
    String first = Excerpt.of(classes.getFirst());
    if (task == Task.REGRESSION) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s holds texts such as %s, but a regression needs numbers; use the %s task",
              where,
              first,
              classes.size() == 2 ? "binary" : "multiclass"));
    }
    if (classes.size() < 2) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s is %s in every row: there is nothing to learn; choose another target",
              where,
              first));
    }
    if (task == Task.BINARY && classes.size() > 2) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %d classes (%s, %s, %s%s), but a binary task has two; use the multiclass"
                  + " task",
              where,
              classes.size(),
              first,
              Excerpt.of(classes.get(1)),
              Excerpt.of(classes.get(2)),
              classes.size() > 3 ? ", ..." : ""));
    }
    if (classes.size() > Math.max(2, rows / 2)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %d distinct texts in %d rows are no classes; choose another target",
              where,
              classes.size(),
              rows));
    }
    Task chosen = task != null ? task : classes.size() == 2 ? Task.BINARY : Task.MULTICLASS;
    return new Target(name, chosen, classes);
  }
}
