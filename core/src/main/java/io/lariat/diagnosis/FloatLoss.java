package io.lariat.diagnosis;

import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.data.Standardization;
import io.lariat.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Which columns have values that are the same as the floats that a training sees: as they are, or
 * standardised beside outliers.
 */
final class FloatLoss {
  /** So many rows at most are looked at. */
  private static final int MOST_ROWS = 1000;

  /** A column that keeps this share of its values keeps what matters. */
  private static final double KEPT = 0.9;

  /** Doubles within so many of their distances are the same but for rounding errors. */
  private static final int ROUNDING = 16;

  private FloatLoss() {}

  /** For each such column of the first {@code rows} rows a few words, the target's last. */
  static List<String> of(Model model, Dataset data, int rows) {
    int[] some = new int[Math.min(rows, MOST_ROWS)];
    Arrays.setAll(some, i -> (int) ((long) i * rows / some.length));
    List<String> lost = new ArrayList<>();
    List<String> names = data.schema().featureNames();
    columns(data, some)
        .forEach((j, values) -> compare(names.get(j), values, model.standardization(), j, lost));
    if (data.schema().target().classes().isEmpty()) {
      double[] targets = Arrays.stream(some).mapToDouble(data::target).toArray();
      String name = "target '" + data.schema().target().name() + "'";
      compare(name, targets, model.targetStandardization(), 0, lost);
    }
    return lost;
  }

  /** The values of each feature in some rows; of sparse ones those that are not zero. */
  private static SortedMap<Integer, double[]> columns(Dataset data, int[] rows) {
    SortedMap<Integer, double[]> columns = new TreeMap<>();
    @Nullable SparseRows sparse = data.sparseRows();
    if (sparse == null) {
      for (int j = 0; j < data.features(); j++) {
        int feature = j;
        columns.put(j, Arrays.stream(rows).mapToDouble(i -> data.feature(i, feature)).toArray());
      }
      return columns;
    }
    SortedMap<Integer, DoubleStream.Builder> found = new TreeMap<>();
    for (int i : rows) {
      for (int k = sparse.start(i); k < sparse.start(i + 1); k++) {
        found.computeIfAbsent(sparse.column(k), j -> DoubleStream.builder()).add(sparse.value(k));
      }
    }
    found.forEach((j, values) -> columns.put(j, values.build().toArray()));
    return columns;
  }

  /** Sorts {@code values} and adds what is to be said of them, if anything is. */
  private static void compare(
      String name, double[] values, @Nullable Standardization by, int j, List<String> lost) {
    Arrays.sort(values);
    int distinct = 1;
    int kept = 1;
    for (int i = 1; i < values.length; i++) {
      double before = values[i - 1];
      double value = values[i];
      boolean differ = value - before > ROUNDING * Math.ulp(value);
      distinct += differ ? 1 : 0;
      kept += differ && asFloat(value, by, j) != asFloat(before, by, j) ? 1 : 0;
    }
    if (kept < KEPT * distinct) {
      lost.add(String.format(Locale.ROOT, "%s (of %d values %d left)", name, distinct, kept));
    }
  }

  private static float asFloat(double value, @Nullable Standardization by, int j) {
    return (float) (by == null ? value : by.apply(j, value));
  }
}
