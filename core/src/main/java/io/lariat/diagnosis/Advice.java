package io.lariat.diagnosis;

import io.lariat.data.Column;
import io.lariat.data.ConstantFeatures;
import io.lariat.data.Dataset;
import io.lariat.model.Layer;
import io.lariat.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Remarks on a trained model, one sentence each:
 *
 * <ul>
 *   <li>the data set is very small;
 *   <li>features are constant in the training rows;
 *   <li>values of a column are the same as floats, on which was trained;
 *   <li>the penalty has emptied the network;
 *   <li>features were dropped that go strongly with the target, each with the used feature that
 *       stands in for it, if there is one;
 *   <li>features are strongly collinear, and which of them the model uses;
 *   <li>the result may be too good to be true: {@link Caution}.
 * </ul>
 *
 * <p>The two before the last look at the first training rows' features in double, at a sample of
 * them where they are many; of sparse rows they say nothing.
 */
public final class Advice {
  /** Fewer training rows than this are very few. */
  private static final int FEW_ROWS = 100;

  /** A class with fewer rows than this is hardly learnt. */
  private static final int FEW_OF_A_CLASS = 10;

  /** An association that a user would be surprised to see dropped. */
  private static final double LARGE = 0.5;

  private static final int MOST_NAMED = 5;
  private static final int MOST_GROUPS = 3;

  /** Rows that are looked at; and, so that wide data fit into memory, values. */
  private static final int MOST_ROWS = 2000;

  private static final int LEAST_ROWS = 200;
  private static final int MOST_VALUES = 4_000_000;

  /** Features that are compared with each other, those most associated with the target. */
  private static final int MOST_PAIRED = 300;

  private final IntPredicate isUsed;
  private final Dataset data;
  private final int rows;
  private final List<String> names;
  private final List<String> remarks = new ArrayList<>();

  private Advice(IntPredicate isUsed, Dataset data, int trainingRows) {
    this.isUsed = isUsed;
    this.data = data;
    this.rows = trainingRows;
    this.names = data.schema().featureNames();
  }

  /**
   * The remarks that apply, in the order above; none if all is well.
   *
   * @param model what was trained
   * @param data what it was trained on; of the model's features
   * @param trainingRows how many rows, the first ones, were trained on
   */
  public static List<String> of(Model model, Dataset data, int trainingRows) {
    if (data.features() != model.features() || trainingRows < 1 || trainingRows > data.rows()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "advice: expected data of %d features and 1 to %d training rows, found %d and %d",
              model.features(),
              data.rows(),
              data.features(),
              trainingRows));
    }
    Advice advice = new Advice(model.weights()::usesInput, data, trainingRows);
    advice.smallData();
    advice.constant();
    if (!model.weights().isExact()) {
      advice.lostToFloats(model);
    }
    if (!advice.emptied(model) && advice.hasColumns()) {
      Columns columns = advice.columns();
      double[] association = Association.of(data, columns, trainingRows, advice.taken());
      advice.droppedThoughAssociated(columns, association);
      advice.collinear(association);
      advice.remarks.addAll(Caution.of(data, trainingRows, advice.isUsed));
    }
    return List.copyOf(advice.remarks);
  }

  /**
   * The remarks on a selection of features, likewise; not that nothing is used, which a selection
   * may well say, nor which are collinear, which it says itself.
   *
   * @param data what they were selected from, on all rows
   * @param isUsed whether a feature, by its position, is one of them
   */
  public static List<String> ofSelection(Dataset data, IntPredicate isUsed) {
    Advice advice = new Advice(isUsed, data, data.rows());
    advice.smallData();
    advice.constant();
    if (advice.hasColumns()) {
      Columns columns = advice.columns();
      advice.droppedThoughAssociated(
          columns, Association.of(data, columns, data.rows(), advice.taken()));
    }
    advice.remarks.addAll(Caution.of(data, data.rows(), isUsed));
    return List.copyOf(advice.remarks);
  }

  /**
   * The remark on features that are constant in all rows, if there are any.
   *
   * @param isUsed whether a feature, by its position, is used all the same
   */
  public static List<String> ofConstants(Dataset data, IntPredicate isUsed) {
    Advice advice = new Advice(isUsed, data, data.rows());
    advice.constant();
    return List.copyOf(advice.remarks);
  }

  private void smallData() {
    if (rows < FEW_ROWS) {
      remarks.add(
          rows
              + (rows == 1 ? " training row is" : " training rows are")
              + " very few: which features are used, and the metrics, may be chance; use more rows,"
              + " or judge by cross-validation");
      return;
    }
    if (data.task().isNumber()) {
      return;
    }
    List<String> classes = data.schema().target().classes();
    int[] counts = new int[classes.size()];
    for (int i = 0; i < rows; i++) {
      counts[(int) data.target(i)]++;
    }
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] < FEW_OF_A_CLASS) {
        remarks.add(
            String.format(
                Locale.ROOT,
                "class %s has %d of %d training rows: too few to learn it, or to trust its metrics",
                classes.get(c),
                counts[c],
                rows));
        return;
      }
    }
  }

  private void constant() {
    if (rows < 2) {
      return;
    }
    List<String> unused = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    ConstantFeatures.of(data, rows).stream()
        .forEach(j -> (isUsed.test(j) ? kept : unused).add(names.get(j)));
    if (!unused.isEmpty()) {
      remarks.add(
          "not used, as nothing can be learnt of what is the same in all training rows: "
              + Remarks.list(unused));
    }
    if (!kept.isEmpty()) {
      remarks.add(
          "used as given, as nothing can be learnt of what is the same in all training rows: "
              + Remarks.list(kept));
    }
  }

  private void lostToFloats(Model model) {
    List<String> lost = FloatLoss.of(model, data, rows);
    if (!lost.isEmpty()) {
      remarks.add(
          "training is on 32-bit floats, of which some values are the same in "
              + Remarks.list(lost)
              + (model.standardization() == null
                  ? "; standardise, or take a constant from the column"
                  : "; take outliers, such as 0 for a missing value, out of the column"));
    }
  }

  /** Whether some layer has no weight left, so that nothing reaches the output. */
  private boolean emptied(Model model) {
    for (int i = 0; i < model.network().layers().size(); i++) {
      if (model.weights().zeros(i) == model.weights().layout().kernelSize(i)) {
        remarks.add(
            String.format(
                Locale.ROOT,
                "the penalty emptied the network: %s has no weight left, and every row gets"
                    + " the same prediction; use a smaller lambda",
                Layer.name(i)));
        return true;
      }
    }
    return false;
  }

  /** Whether features can be looked at one by one. */
  private boolean hasColumns() {
    return data.sparseRows() == null && rows > 2;
  }

  private int taken() {
    int affordable = Math.max(LEAST_ROWS, MOST_VALUES / data.features());
    return Math.min(rows, Math.min(MOST_ROWS, affordable));
  }

  private Columns columns() {
    int[] all = IntStream.range(0, data.features()).toArray();
    return Columns.of(data, all, rows, taken());
  }

  private void droppedThoughAssociated(Columns columns, double[] association) {
    int degrees = data.task().isNumber() ? 1 : data.schema().target().classes().size() - 1;
    double least = Math.max(LARGE, Association.chance(taken(), degrees));
    List<Integer> dropped =
        IntStream.range(0, columns.count())
            .filter(j -> association[j] >= least && !isUsed.test(j))
            .boxed()
            .sorted(Comparator.comparingDouble((Integer j) -> -association[j]))
            .toList();
    if (dropped.isEmpty()) {
      return;
    }
    List<String> named = new ArrayList<>();
    for (int j : dropped.subList(0, Math.min(MOST_NAMED, dropped.size()))) {
      named.add(
          String.format(
              Locale.ROOT, "%s (%.2f%s)", names.get(j), association[j], standIn(columns, j)));
    }
    int more = dropped.size() - named.size();
    remarks.add(
        "not used, though alone strongly associated with the target: "
            + String.join(", ", named)
            + (more > 0 ? " and " + more + " more" : ""));
  }

  /** The used feature that is most like {@code j}, in words; empty if none is much like it. */
  private String standIn(Columns columns, int j) {
    int best = -1;
    double largest = 0.7; // shares half of the variance
    for (int k = 0; k < columns.count(); k++) {
      double r = Math.abs(columns.correlation(j, k));
      if (r >= largest && isUsed.test(k)) {
        best = k;
        largest = r;
      }
    }
    return best < 0
        ? ""
        : String.format(Locale.ROOT, "; %s stands in, r %.2f", names.get(best), largest);
  }

  private void collinear(double[] association) {
    int[] paired =
        IntStream.range(0, association.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer j) -> -association[j]))
            .limit(MOST_PAIRED)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    Columns columns = Columns.of(data, paired, rows, taken());
    List<List<Integer>> groups = Collinearity.groups(columns, owners(paired));
    if (groups.isEmpty()) {
      return;
    }
    List<String> described =
        groups.stream().limit(MOST_GROUPS).map(group -> describe(group, columns)).toList();
    int more = groups.size() - described.size();
    remarks.add(
        String.format(
            Locale.ROOT,
            "strongly collinear (|r| of %.2f and more), so that which of them is used is partly"
                + " chance: %s%s",
            Collinearity.STRONG,
            String.join("; ", described),
            more > 0 ? "; and " + more + " more groups" : ""));
  }

  private String describe(List<Integer> group, Columns columns) {
    List<String> used = new ArrayList<>();
    List<String> unused = new ArrayList<>();
    for (int k : group) {
      int j = columns.feature(k);
      (isUsed.test(j) ? used : unused).add(names.get(j));
    }
    if (used.isEmpty()) {
      return Remarks.list(unused) + ", none of them used";
    }
    return unused.isEmpty()
        ? Remarks.list(used) + ", all used"
        : Remarks.list(used)
            + (used.size() == 1 ? " stands" : " stand")
            + " in for "
            + Remarks.list(unused);
  }

  /** The table's column that each of {@code features} is of. */
  private int[] owners(int[] features) {
    int[] owner = new int[data.features()];
    int at = 0;
    List<Column> tableColumns = data.schema().columns();
    for (int c = 0; c < tableColumns.size(); c++) {
      int width = tableColumns.get(c).width();
      Arrays.fill(owner, at, at + width, c);
      at += width;
    }
    return Arrays.stream(features).map(j -> owner[j]).toArray();
  }
}
