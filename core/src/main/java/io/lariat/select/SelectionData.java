package io.lariat.select;

import io.lariat.data.Column;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import io.lariat.data.Task;
import io.lariat.model.Head;
import io.lariat.model.Heads;
import io.lariat.numeric.RowsInDouble;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A data set as selection works on it: in double, column by column, standardised; a group of
 * features for each input column. The groups are in an order that depends on what is in them alone,
 * so that the order of the columns does not matter to anything that follows.
 */
final class SelectionData {
  /** Of a column whose variance over all rows is 1: some rows where it is less are equal. */
  private static final double LEAST_VARIANCE = 1e-12;

  /** Fewer rows than this are refused. */
  static final int LEAST_ROWS = 10;

  final Dataset source;
  final Standardization features;
  final @Nullable Standardization target;

  /** For each group the input column that it is. */
  final int[] column;

  /** {@code [feature][row]}, group by group, standardised; a constant feature is 0. */
  final double[][] x;

  /** The target: standardised, or class numbers. */
  final double[] y;

  /** Features of group g: from {@code start[g]} to {@code start[g + 1]}. */
  final int[] start;

  /** Whether a group is protected from the penalty. */
  final boolean[] kept;

  /** For each group the one that it repeats, see {@link Copies}; its own features are 0 then. */
  final int[] copyOf;

  private SelectionData(
      Dataset source,
      Standardization features,
      @Nullable Standardization target,
      int[] column,
      double[][] x,
      double[] y,
      int[] start,
      boolean[] kept,
      int[] copyOf) {
    this.source = source;
    this.features = features;
    this.target = target;
    this.column = column;
    this.x = x;
    this.y = y;
    this.start = start;
    this.kept = kept;
    this.copyOf = copyOf;
  }

  /**
   * Takes {@code data} over.
   *
   * @throws DataException if it is too large, too small, has one target only or not the columns
   *     that are to be kept
   */
  static SelectionData of(Dataset data, Collection<String> keep) {
    data.schema().requireColumns(keep);
    int rows = data.rows();
    if (rows < LEAST_ROWS) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %d rows; selecting features needs at least %d",
              data.source(),
              rows,
              LEAST_ROWS));
    }
    if (data.hasOneTarget(rows)) {
      throw new DataException(
          data.source()
              + ": all rows have the same target, so no feature can matter; choose another target"
              + " or other rows");
    }
    Standardization features = Standardization.ofFeatures(data, rows);
    @Nullable Standardization target =
        data.task().isNumber() ? Standardization.ofTarget(data, rows) : null;
    int[] all = IntStream.range(0, rows).toArray();
    double[][] x = RowsInDouble.columns(data, all, features);
    double[] y = RowsInDouble.targets(data, all, target);
    return grouped(data, features, target, x, y, keep);
  }

  /** Puts the features of {@code x}, in the order of the columns, into that of the groups. */
  private static SelectionData grouped(
      Dataset data,
      Standardization features,
      @Nullable Standardization target,
      double[][] x,
      double[] y,
      Collection<String> keep) {
    List<Column> columns = data.schema().columns();
    int[] first = new int[columns.size()];
    long[] hash = new long[columns.size()];
    for (int c = 0, j = 0; c < first.length; c++) {
      first[c] = j;
      for (int i = 0; i < columns.get(c).width(); i++) {
        hash[c] = hash(hash[c], x[j++]);
      }
    }
    int[] order =
        IntStream.range(0, first.length)
            .boxed()
            .sorted(Comparator.comparingLong(c -> hash[c]))
            .mapToInt(c -> c)
            .toArray();
    double[][] sorted = new double[x.length][];
    int[] start = new int[first.length + 1];
    boolean[] kept = new boolean[first.length];
    for (int g = 0; g < order.length; g++) {
      int c = order[g];
      int width = columns.get(c).width();
      System.arraycopy(x, first[c], sorted, start[g], width);
      start[g + 1] = start[g] + width;
      // Nothing can be learnt of a constant, whatever is to be kept.
      kept[g] = keep.contains(columns.get(c).name()) && !isConstant(sorted, start[g], start[g + 1]);
    }
    int[] none = new int[order.length];
    Arrays.fill(none, Copies.NONE);
    return new SelectionData(data, features, target, order, sorted, y, start, kept, none)
        .withoutCopies();
  }

  /** The same with groups that repeat another one taken for constant. */
  private SelectionData withoutCopies() {
    int[] found = Copies.of(this);
    double[][] looked = x.clone();
    for (int g = 0; g < found.length; g++) {
      if (found[g] != Copies.NONE) {
        Arrays.fill(looked, start[g], start[g + 1], new double[rows()]);
      }
    }
    return new SelectionData(source, features, target, column, looked, y, start, kept, found);
  }

  /** Of which rows are above the mean: units of measurement do not change that. */
  private static long hash(long seed, double[] feature) {
    long hash = seed;
    for (double v : feature) {
      hash = (hash ^ (v > 0 ? 1 : 2)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  /**
   * The same groups on some of the rows, standardised as those in {@code by} are; what {@link
   * #features} and {@link #target} say is of all rows.
   */
  SelectionData on(int[] by, int[] rows) {
    double[][] some = new double[x.length][];
    Arrays.setAll(some, j -> standardized(x[j], by, rows));
    double[] targets =
        task().isNumber()
            ? standardized(y, by, rows)
            : Arrays.stream(rows).mapToDouble(i -> y[i]).toArray();
    return new SelectionData(source, features, target, column, some, targets, start, kept, copyOf);
  }

  private static double[] standardized(double[] column, int[] by, int[] rows) {
    double mean = Arrays.stream(by).mapToDouble(i -> column[i]).average().orElseThrow();
    double square = 0;
    for (int i : by) {
      square += (column[i] - mean) * (column[i] - mean) / by.length;
    }
    double scale = square > LEAST_VARIANCE ? 1 / Math.sqrt(square) : 0;
    return Arrays.stream(rows).mapToDouble(i -> scale * (column[i] - mean)).toArray();
  }

  /** Whether not all rows have the same target. */
  boolean hasTwoTargets() {
    return Arrays.stream(y).anyMatch(v -> v != y[0]);
  }

  /**
   * Whether group {@code g} may be selected or left out: it is not kept, not constant, and repeats
   * no other.
   */
  boolean isSelectable(int g) {
    return !kept[g] && !isConstant(x, start[g], start[g + 1]);
  }

  /** Whether some features are 0 in all rows. */
  private static boolean isConstant(double[][] x, int from, int to) {
    for (int j = from; j < to; j++) {
      for (double v : x[j]) {
        if (v != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether group {@code g} is the one-hot features of a category. */
  boolean isCategorical(int g) {
    return source.schema().columns().get(column[g]).isCategorical();
  }

  /**
   * What the square of a product with feature {@code j} of group {@code g} is multiplied by so that
   * their sum over the group is that of its projection: the share of rows outside a category.
   */
  double outside(int g, int j) {
    if (!isCategorical(g)) {
      return 1;
    }
    int members = 0;
    for (double v : x[j]) {
      members += v > 0 ? 1 : 0;
    }
    return 1 - (double) members / rows();
  }

  Task task() {
    return source.task();
  }

  /** What the outputs are for. */
  Head head() {
    return Heads.of(task());
  }

  int rows() {
    return y.length;
  }

  int groups() {
    return kept.length;
  }

  int outputs() {
    return source.schema().target().outputs();
  }

  /** The first feature of group {@code g} in the order of the data set's features. */
  int firstFeature(int g) {
    int first = 0;
    for (Column c : source.schema().columns().subList(0, column[g])) {
      first += c.width();
    }
    return first;
  }

  /** The group of feature {@code j}. */
  int groupOf(int j) {
    int at = Arrays.binarySearch(start, j);
    if (at < 0) {
      return -at - 2;
    }
    while (start[at + 1] == j) {
      at++; // a column without categories has no features
    }
    return at;
  }

  /** How many features group {@code g} has. */
  int width(int g) {
    return start[g + 1] - start[g];
  }
}
