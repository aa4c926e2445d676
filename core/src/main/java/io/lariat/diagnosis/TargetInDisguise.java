package io.lariat.diagnosis;

import io.lariat.data.Dataset;
import io.lariat.numeric.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Columns that give the target by themselves, as a copy of it does, what is made from it, and what
 * is known only after it: a number that explains nearly all of a regression's target, in a straight
 * line or by ranks; one by which the classes can be told apart ({@link Separation}); a category
 * each of whose values has one target. Or a few numbers that add up to it.
 */
final class TargetInDisguise {
  /** Of the target's variance, that one column leaves, and several together. */
  private static final double MOST_LEFT = 0.01;

  private static final double MOST_LEFT_TOGETHER = 1e-4;

  private static final int LEAST_FREE = 20;
  private static final int MOST_TOGETHER = 50;
  private static final int ROWS_A_COLUMN = 5;
  private static final int MOST_ROWS = 2000;
  private static final int MOST_VALUES = 4_000_000;

  private static final String DOUBT =
      ", which is too good to be true of a column that is made from the target, is known only after"
          + " it, or numbers or names the rows: if so, take it out of the file and run again";

  private final Dataset data;
  private final int rows;
  private final List<UsedColumn> used;
  private final int taken;
  private final double[] targets;
  private final List<String> found = new ArrayList<>();

  TargetInDisguise(Dataset data, int rows, List<UsedColumn> used) {
    this.data = data;
    this.rows = rows;
    this.used = used;
    taken = Math.min(rows, MOST_ROWS);
    targets = new double[taken];
    Arrays.setAll(targets, i -> data.target(Columns.sampled(i, taken, rows)));
  }

  /** The remark on such columns, if there are any. */
  List<String> remarks() {
    boolean isRegression = data.task().isNumber();
    double[] unit = targets.clone();
    Columns.toUnit(unit);
    double[] ranks = Ranks.of(targets);
    Columns.toUnit(ranks);
    Separation separation = new Separation(data.schema(), targets);
    for (int from = 0, to; from < used.size(); from = to) {
      to = end(from);
      List<UsedColumn> block = used.subList(from, to);
      Columns columns = columns(block);
      int k = 0;
      for (UsedColumn column : block) {
        if (isRegression) {
          explains(column, columns, k, unit, ranks);
        } else {
          found.addAll(
              column.isCategorical()
                  ? separation.byCategory(column, columns, k)
                  : separation.byNumber(column, columns.unit(k)));
        }
        k += column.width();
      }
    }
    if (isRegression && found.isEmpty()) {
      addUp(unit);
    }
    return found.isEmpty() ? List.of() : List.of(Remarks.list(found) + DOUBT);
  }

  /** The end of a block of columns that are read together. */
  private int end(int from) {
    int to = from + 1;
    int features = used.get(from).width();
    while (to < used.size() && (long) (features + used.get(to).width()) * taken <= MOST_VALUES) {
      features += used.get(to++).width();
    }
    return to;
  }

  private Columns columns(List<UsedColumn> some) {
    int[] features = some.stream().flatMapToInt(c -> Arrays.stream(c.features())).toArray();
    return Columns.of(data, features, rows, taken);
  }

  private void explains(
      UsedColumn column, Columns columns, int first, double[] unit, double[] ranks) {
    double left;
    if (column.isCategorical()) {
      int free = taken - column.width();
      double between = 0;
      for (int k = first; k < first + column.width(); k++) {
        double r = columns.correlation(k, unit);
        between += r * r * (1 - columns.share(k));
      }
      left = free < LEAST_FREE ? 1 : (1 - between) * (taken - 1) / free;
    } else {
      double line = columns.correlation(first, unit);
      double[] own = Ranks.of(columns.unit(first));
      Columns.toUnit(own);
      double byRank = Vectors.dotInOrder(own, ranks);
      left = 1 - Math.max(line * line, byRank * byRank);
    }
    if (left <= MOST_LEFT) {
      found.add(
          String.format(
              Locale.ROOT,
              "'%s' alone explains %s %% of '%s'",
              column.name(),
              Remarks.number(100 * (1 - Math.max(0, left))),
              data.schema().target().name()));
    }
  }

  /** Gram and Schmidt's way through the numbers that are used, if they are few. */
  private void addUp(double[] unit) {
    List<UsedColumn> numbers = used.stream().filter(c -> !c.isCategorical()).toList();
    if (numbers.size() > MOST_TOGETHER
        || numbers.size() != used.size()
        || taken < ROWS_A_COLUMN * numbers.size() + LEAST_FREE) {
      return;
    }
    Columns columns = columns(numbers);
    double[] left = unit.clone();
    List<double[]> basis = new ArrayList<>();
    for (int k = 0; k < columns.count(); k++) {
      double[] v = columns.unit(k).clone();
      for (int pass = 0; pass < 2; pass++) {
        basis.forEach(b -> subtract(b, v));
      }
      double square = Vectors.dotInOrder(v, v);
      if (square > 1e-10) {
        double scale = 1 / Math.sqrt(square);
        Arrays.setAll(v, i -> scale * v[i]);
        basis.add(v);
        subtract(v, left);
      }
    }
    double share = Vectors.dotInOrder(left, left);
    if (share <= MOST_LEFT_TOGETHER) {
      found.add(
          String.format(
              Locale.ROOT,
              "%s together give '%s' up to %s %% of its variance",
              Remarks.list(numbers.stream().map(c -> "'" + c.name() + "'").toList()),
              data.schema().target().name(),
              String.format(Locale.ROOT, "%.1g", 100 * share)));
    }
  }

  private static void subtract(double[] b, double[] v) {
    double along = Vectors.dotInOrder(b, v);
    Arrays.setAll(v, i -> v[i] - along * b[i]);
  }
}
