package io.lariat.benchmarks;

import io.lariat.data.Task;
import java.util.function.UnaryOperator;

/** Kinds of tables in which no column has anything to do with the target. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum NullTable {
  LEVELS_20("3 of 20 levels, 4 numbers", 300, t -> t.even(3, 20).normal(4).normal(1)),
  LEVELS_20_ONE("1 of 20 levels, 4 numbers", 300, t -> t.even(1, 20).normal(4).normal(1)),
  LEVELS_20_MANY_ROWS("3 of 20 levels, 4 numbers", 2000, t -> t.even(3, 20).normal(4).normal(1)),
  LEVELS_10("3 of 10 levels, 4 numbers", 300, t -> t.even(3, 10).normal(4).normal(1)),
  LEVELS_5("8 of 5 levels, 4 numbers", 300, t -> t.even(8, 5).normal(4).normal(1)),
  LEVELS_2("12 of 2 levels", 100, t -> t.even(12, 2).normal(1)),
  LEVELS_50("2 of 50 levels, 4 numbers", 500, t -> t.even(2, 50).normal(4).normal(1)),
  LONG_TAILED(
      "4 of 30 levels with a long tail, 4 numbers",
      300,
      t -> t.longTailed(4, 30).normal(4).normal(1)),
  LEVELS_SKEWED(
      "3 of 20 levels, 4 numbers; target lognormal(1.5)",
      300,
      t -> t.even(3, 20).normal(4).lognormal(1, 1.5)),
  LEVELS_HEAVY(
      "3 of 12 levels with a long tail, 4 of t(2); target t(2)",
      200,
      t -> t.longTailed(3, 12).student(4, 2).student(1, 2)),
  RARE_TEXTS("20 of 2 levels, one in 33 rows", 300, t -> t.rareTexts(20, 0.03).normal(1)),
  DUMMIES("60 of 0 and 1, one in 20 rows", 300, t -> t.dummies(60, 0.05).normal(1)),
  DUMMIES_HEAVY(
      "30 of 0 and 1, one in 50 rows; target Cauchy", 200, t -> t.dummies(30, 0.02).student(1, 1)),
  LOGNORMAL(
      "30 lognormal(1); target lognormal(1.5)", 200, t -> t.lognormal(30, 1).lognormal(1, 1.5)),
  STUDENT("20 of t(2); target t(2)", 200, t -> t.student(20, 2).student(1, 2)),
  CAUCHY("20 Cauchy; target Cauchy", 150, t -> t.student(20, 1).student(1, 1)),
  OUTLIERS("20 with outliers; target with outliers", 250, t -> t.outliers(20).outliers(1)),
  COUNTS("15 counts, most 0; target the same", 250, t -> t.counts(15).counts(1)),
  WIDE("300 numbers", 60, t -> t.normal(300).normal(1)),
  WIDE_LEVELS("40 of 4 levels", 60, t -> t.even(40, 4).normal(1)),
  NORMAL("50 numbers", 500, t -> t.normal(50).normal(1)),
  MIXED(
      "mixed: of 15 and 6 levels, long tail, dummies, lognormal, t(2), normal",
      400,
      t ->
          t.even(1, 15)
              .even(2, 6)
              .longTailed(2, 20)
              .dummies(6, 0.1)
              .lognormal(4, 1)
              .student(3, 2)
              .normal(4)
              .student(1, 4)),
  CLASSES_LEVELS(
      "3 of 20 levels, 4 numbers; 2 classes", 300, t -> t.even(3, 20).normal(4).classes(0.5, 0.5)),
  CLASSES_RARE(
      "3 of 12 levels with a long tail, 10 dummies; a class of 4 %",
      400, t -> t.longTailed(3, 12).dummies(10, 0.05).classes(0.96, 0.04)),
  CLASSES_HEAVY(
      "20 lognormal(1.5); a class of 10 %", 200, t -> t.lognormal(20, 1.5).classes(0.9, 0.1)),
  CLASSES_FOUR(
      "mixed: 2 of 10 levels, 5 dummies, 5 numbers; 4 uneven classes",
      400,
      t -> t.even(2, 10).dummies(5, 0.1).normal(5).classes(0.5, 0.3, 0.15, 0.05)),
  CLASSES_WIDE("300 numbers; 2 classes", 60, t -> t.normal(300).classes(0.5, 0.5));

  final String description;
  final int rows;
  private final UnaryOperator<NullDraw> columns;

  NullTable(String description, int rows, UnaryOperator<NullDraw> columns) {
    this.description = description;
    this.rows = rows;
    this.columns = columns;
  }

  /** What the target is. */
  Task task() {
    return this == CLASSES_FOUR
        ? Task.MULTICLASS
        : name().startsWith("CLASSES") ? Task.BINARY : Task.REGRESSION;
  }

  /** A table of this kind as CSV. */
  String csv(long seed) {
    return columns.apply(new NullDraw(rows, seed)).csv();
  }
}
