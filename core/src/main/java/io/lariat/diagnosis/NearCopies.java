package io.lariat.diagnosis;

import io.lariat.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whether rows come in many groups of near copies, such as those of one patient, that agree in the
 * target. In one cloud of points the number of pairs rises with their distance up to most of them;
 * many tight groups show as a maximum and a minimum before that. It takes three columns of numbers
 * that take many values.
 */
final class NearCopies {
  private static final int LEAST_COLUMNS = 3;
  private static final int MOST_COLUMNS = 50;
  private static final int MOST_ROWS = 1500;

  /** The share of the rows that the values of a column must be, counted once. */
  private static final double LEAST_VALUES = 0.25;

  /**
   * The distances of a class of the histogram, the largest over the least: fine ones for many pairs
   * that are nearly as far from each other as others are, coarse ones for few.
   */
  private static final double[] STEPS = {1.15, 1.5};

  private static final double LEAST_DISTANCE = 1e-4;

  /** Of deviations, beyond which no near pair is. */
  private static final double MOST_DISTANCE = 2;

  private static final int LEAST_PAIRS = 30;

  /** Standard errors that the minimum must be below the maximum. */
  private static final double LEAST_ERRORS = 6;

  /** The share of all pairs that are near: of few groups, or of one a class, it is larger. */
  private static final double MOST_NEAR = 0.06;

  private static final double MOST_NEAR_OF_CLASSES = 0.25;

  /** How far the near pairs agree in the target, from chance, 0, to always, 1. */
  private static final double LEAST_AGREEMENT = 0.5;

  private final Dataset data;
  private final int[] rows;
  private final Columns columns;

  private NearCopies(Dataset data, int[] rows, Columns columns) {
    this.data = data;
    this.rows = rows;
    this.columns = columns;
  }

  /** The remark, if it applies. */
  static List<String> remarks(Dataset data, int rows, List<UsedColumn> used) {
    int taken = Math.min(rows, MOST_ROWS);
    int[] sampled = new int[taken];
    Arrays.setAll(sampled, i -> Columns.sampled(i, taken, rows));
    int[] numbers =
        used.stream()
            .filter(c -> !c.isCategorical())
            .limit(10 * MOST_COLUMNS)
            .mapToInt(UsedColumn::first)
            .toArray();
    Columns all = Columns.of(data, numbers, sampled);
    List<Integer> fine = new ArrayList<>();
    for (int k = 0; k < all.count() && fine.size() < MOST_COLUMNS; k++) {
      if (Arrays.stream(all.unit(k)).distinct().count() > LEAST_VALUES * taken) {
        fine.add(all.feature(k));
      }
    }
    if (fine.size() < LEAST_COLUMNS) {
      return List.of();
    }
    int[] features = fine.stream().mapToInt(j -> j).toArray();
    return new NearCopies(data, sampled, Columns.of(data, features, sampled)).remarks();
  }

  private List<String> remarks() {
    double near = 0;
    for (double step : STEPS) {
      int valley = near > 0 ? -1 : valley(histogram(step));
      near = valley < 0 ? near : LEAST_DISTANCE * Math.pow(step, valley);
    }
    if (near == 0) {
      return List.of();
    }
    boolean[] hasCopy = new boolean[rows.length];
    double agreeing = 0;
    int pairs = 0;
    double spread = spread();
    for (int a = 0; a < rows.length; a++) {
      for (int b = 0; b < a; b++) {
        if (distance(a, b) <= near) {
          hasCopy[a] = true;
          hasCopy[b] = true;
          pairs++;
          agreeing += 1 - difference(a, b) / spread;
        }
      }
    }
    int copies = 0;
    for (boolean has : hasCopy) {
      copies += has ? 1 : 0;
    }
    if (!(agreeing >= LEAST_AGREEMENT * pairs)) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "rows come in groups: %d of %d that were looked at have near copies among the others,"
                + " and these agree in '%s'; if a group is one person, day or device, no figure"
                + " here is one of a new group, whose rows were not learnt from: leave whole groups"
                + " out, and judge by those",
            copies,
            rows.length,
            data.schema().target().name()));
  }

  /** The pairs of rows by distance: class 0 up to the least one, class k up to step^k of it. */
  private int[] histogram(double step) {
    double scale = 1 / Math.log(step);
    int last = (int) Math.ceil(scale * Math.log(MOST_DISTANCE / LEAST_DISTANCE));
    int[] histogram = new int[last + 1];
    for (int a = 0; a < rows.length; a++) {
      for (int b = 0; b < a; b++) {
        double steps = Math.ceil(scale * Math.log(distance(a, b) / LEAST_DISTANCE));
        histogram[(int) Math.clamp(steps, 0, last)]++;
      }
    }
    return histogram;
  }

  /** The class of least pairs after a maximum among the near ones; -1 if there is none. */
  private int valley(int[] histogram) {
    double all = 0.5 * rows.length * (rows.length - 1.0);
    double most = Math.min(MOST_NEAR, MOST_NEAR_OF_CLASSES / classes()) * all;
    int peak = 0;
    double near = 0;
    double largest = LEAST_ERRORS;
    int valley = -1;
    for (int k = 0; k < histogram.length; k++) {
      near += histogram[k];
      if (near > most) {
        break;
      }
      peak = Math.max(peak, histogram[k]);
      double errors = (peak - histogram[k]) / Math.sqrt(1.0 + peak + histogram[k]);
      if (peak >= LEAST_PAIRS && errors > largest) {
        largest = errors;
        valley = k;
      }
    }
    return valley;
  }

  private int classes() {
    return data.task().isNumber() ? 1 : data.schema().target().classes().size();
  }

  /** Of the columns' deviations, the root mean square. */
  private double distance(int a, int b) {
    double square = 0;
    for (int k = 0; k < columns.count(); k++) {
      double[] unit = columns.unit(k);
      square += (unit[a] - unit[b]) * (unit[a] - unit[b]);
    }
    return Math.sqrt(square * rows.length / (2.0 * columns.count()));
  }

  /** How different two rows are in the target: the square, or whether the classes differ. */
  private double difference(int a, int b) {
    double difference = data.target(rows[a]) - data.target(rows[b]);
    return data.task().isNumber() ? difference * difference : difference == 0 ? 0 : 1;
  }

  /** The mean difference of two rows drawn at random. */
  private double spread() {
    double sum = 0;
    for (int a = 0; a < rows.length; a++) {
      for (int b = 0; b < a; b++) {
        sum += difference(a, b);
      }
    }
    return sum / (0.5 * rows.length * (rows.length - 1.0));
  }
}
