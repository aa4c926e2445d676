package io.lariat.diagnosis;

import io.lariat.data.Schema;
import java.util.List;
import java.util.Locale;

/**
 * Whether one column tells the classes apart: a number by which nearly all rows of any two classes
 * are in order (the area under the ROC curve: Hanley and McNeil 1982), a category each of whose
 * values has nearly always one class.
 */
final class Separation {
  private static final double LEAST_AREA = 0.999;
  private static final double MOST_IMPURE = 0.001;
  private static final int LEAST_OTHERS = 10;

  /** Rows that a category has beyond one for each of its values. */
  private static final int LEAST_FREE = 20;

  /** The natural logarithm of how often chance must not do it. */
  private static final double CHANCE = Math.log(1e4);

  private final Schema schema;
  private final double[] classes;
  private final int[] counts;

  /** Of rows of {@code classes}. */
  Separation(Schema schema, double[] classes) {
    this.schema = schema;
    this.classes = classes;
    counts = new int[schema.target().classes().size()];
    if (!schema.target().classes().isEmpty()) {
      for (double c : classes) {
        counts[(int) c]++;
      }
    }
  }

  /** What to say of a number's {@code values}; nothing if it does not. */
  List<String> byNumber(UsedColumn column, double[] values) {
    double least = 1;
    for (int a = 0; a < counts.length; a++) {
      for (int b = 0; b < a; b++) {
        double area = area(values, a, b);
        if (area < LEAST_AREA || isChance(counts[a], counts[b])) {
          return List.of();
        }
        least = Math.min(least, area);
      }
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "'%s' alone separates the classes of '%s' (AUC %.4f%s)",
            column.name(),
            schema.target().name(),
            least,
            counts(values) ? "; it counts the rows, which are sorted by class" : ""));
  }

  /** Of the pairs of a row of either class, the share that is in order, whichever that is. */
  private double area(double[] values, int a, int b) {
    int n = 0;
    double[] both = new double[counts[a] + counts[b]];
    boolean[] isFirst = new boolean[both.length];
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] == a || classes[i] == b) {
        isFirst[n] = classes[i] == a;
        both[n++] = values[i];
      }
    }
    double pairs = (double) counts[a] * counts[b];
    if (pairs == 0) {
      return 0;
    }
    double[] ranks = Ranks.of(both);
    double sum = -0.5 * counts[a] * (counts[a] + 1.0);
    for (int i = 0; i < n; i++) {
      sum += isFirst[i] ? ranks[i] : 0;
    }
    return Math.max(sum, pairs - sum) / pairs;
  }

  /** Whether one of all columns could order so few rows by chance: there are n over k orders. */
  private boolean isChance(int one, int other) {
    double orders = 0;
    for (int k = 1; k <= Math.min(one, other); k++) {
      orders += Math.log((double) (one + other + 1 - k) / k);
    }
    return orders < CHANCE + Math.log(2.0 * schema.columns().size());
  }

  /** Whether the values rise from row to row, or fall. */
  private static boolean counts(double[] values) {
    boolean rising = true;
    boolean falling = true;
    for (int i = 1; i < values.length; i++) {
      rising &= values[i] > values[i - 1];
      falling &= values[i] < values[i - 1];
    }
    return rising || falling;
  }

  /** What to say of a category, whose features begin at {@code first}; nothing if it does not. */
  List<String> byCategory(UsedColumn column, Columns columns, int first) {
    int[][] table = new int[column.width()][counts.length];
    int values = 0;
    for (int k = 0; k < table.length; k++) {
      double[] unit = columns.unit(first + k);
      boolean any = false;
      for (int i = 0; i < unit.length; i++) {
        if (unit[i] > 0) {
          table[k][(int) classes[i]]++;
          any = true;
        }
      }
      values += any ? 1 : 0;
    }
    int impure = 0;
    for (int[] row : table) {
      int all = 0;
      int most = 0;
      for (int count : row) {
        all += count;
        most = Math.max(most, count);
      }
      impure += all - most;
    }
    int largest = 0;
    for (int count : counts) {
      largest = Math.max(largest, count);
    }
    boolean separates =
        impure <= MOST_IMPURE * classes.length
            && classes.length - largest >= LEAST_OTHERS
            && classes.length - values >= LEAST_FREE;
    return separates
        ? List.of(
            String.format(
                Locale.ROOT,
                "each of the %d values of '%s' goes with one class of '%s' only",
                values,
                column.name(),
                schema.target().name()))
        : List.of();
  }
}
