package io.lariat.diagnosis;

import io.lariat.data.Dataset;
import io.lariat.numeric.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Whether the rows are in an order in which the target and columns drift, as in time or place: a
 * row is like the next one in the target, and in a column also beyond what the target explains of
 * it. Two drifts that have nothing to do with each other are strongly correlated (Yule 1926), and a
 * row's neighbours give it away. Of rows that are merely sorted nothing is said: by the target, or
 * by a column that rises or falls from row to row other than by even steps, as a clock or a count
 * does.
 */
final class RowOrder {
  /** Of a row with the next. */
  private static final double LEAST_CORRELATION = 0.5;

  /** Standard errors of it where the rows are in no order. */
  private static final double LEAST_ERRORS = 5;

  /** Of even steps, and the share of the steps that are. */
  private static final double ROUNDING = 0.1;

  private static final double EVEN_SHARE = 0.8;

  private static final int MOST_PAIRS = 1000;
  private static final int MOST_FEATURES = 500;

  private RowOrder() {}

  /** The remark, if it applies. */
  static List<String> remarks(Dataset data, int rows, List<UsedColumn> used) {
    int pairs = Math.min(rows / 2, MOST_PAIRS);
    int[] pairRows = new int[2 * pairs];
    for (int p = 0; p < pairs; p++) {
      pairRows[2 * p] = Columns.sampled(p, pairs, rows - 1);
      pairRows[2 * p + 1] = pairRows[2 * p] + 1;
    }
    double least = Math.max(LEAST_CORRELATION, LEAST_ERRORS / Math.sqrt(pairs));
    double[][] target = target(data, pairRows);
    double ofTarget = neighbours(target);
    if (ofTarget < least
        || isMonotone(Arrays.stream(pairRows).mapToDouble(data::target).toArray())) {
      return List.of();
    }
    List<UsedColumn> numbers =
        used.stream().filter(c -> !c.isCategorical()).limit(MOST_FEATURES).toList();
    Columns columns =
        Columns.of(data, numbers.stream().mapToInt(UsedColumn::first).toArray(), pairRows);
    if (IntStream.range(0, columns.count()).anyMatch(k -> isSorted(columns.unit(k)))) {
      return List.of();
    }
    List<String> drifting = new ArrayList<>();
    for (int k = 0; k < numbers.size(); k++) {
      double[] left = columns.unit(k).clone();
      for (double[] t : target) {
        double along = Vectors.dotInOrder(t, left) / Vectors.dotInOrder(t, t);
        Arrays.setAll(left, i -> left[i] - along * t[i]);
      }
      if (neighbours(new double[][] {left}) >= least) {
        drifting.add(numbers.get(k).name());
      }
    }
    if (drifting.isEmpty()) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "a row is like the next one in '%s' (correlation %.2f) and in %s: in order of time or"
                + " place columns go with the target by drift alone, and rows beside those learnt"
                + " from are no test; judge by the last rows, or learn from differences of rows",
            data.schema().target().name(),
            ofTarget,
            Remarks.list(drifting)));
  }

  /** The target of these rows, centred: itself, or an indicator of each class but the first. */
  private static double[][] target(Dataset data, int[] rows) {
    boolean isRegression = data.task().isNumber();
    int classes = isRegression ? 2 : data.schema().target().classes().size();
    List<double[]> target = new ArrayList<>();
    for (int k = 1; k < classes; k++) {
      double[] t = new double[rows.length];
      for (int i = 0; i < t.length; i++) {
        double value = data.target(rows[i]);
        t[i] = isRegression ? value : value == k ? 1 : 0;
      }
      Columns.toUnit(t);
      for (double[] before : target) { // so that all can be taken out one after the other
        double along = Vectors.dotInOrder(before, t);
        Arrays.setAll(t, i -> t[i] - along * before[i]);
      }
      Columns.toUnit(t);
      if (Vectors.dotInOrder(t, t) > 0) {
        target.add(t);
      }
    }
    return target.toArray(double[][]::new);
  }

  /** Whether the values rise or fall, by uneven steps within pairs. */
  private static boolean isSorted(double[] values) {
    double[] steps = new double[values.length / 2];
    Arrays.setAll(steps, p -> Math.abs(values[2 * p + 1] - values[2 * p]));
    Arrays.sort(steps);
    double usual = steps[steps.length / 2];
    long even = Arrays.stream(steps).filter(s -> Math.abs(s - usual) <= ROUNDING * usual).count();
    return even < EVEN_SHARE * steps.length && isMonotone(values);
  }

  private static boolean isMonotone(double[] values) {
    boolean rising = true;
    boolean falling = true;
    for (int i = 1; i < values.length; i++) {
      rising &= values[i] >= values[i - 1];
      falling &= values[i] <= values[i - 1];
    }
    return rising || falling;
  }

  /** The correlation of a pair's rows over the pairs, of centred values. */
  private static double neighbours(double[][] columns) {
    double product = 0;
    double square = 0;
    for (double[] v : columns) {
      for (int i = 0; i < v.length; i += 2) {
        product += v[i] * v[i + 1];
        square += 0.5 * (v[i] * v[i] + v[i + 1] * v[i + 1]);
      }
    }
    return square > 0 ? product / square : 0;
  }
}
