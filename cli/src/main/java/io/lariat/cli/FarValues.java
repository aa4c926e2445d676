package io.lariat.cli;

import io.lariat.data.Features;
import io.lariat.data.Standardization;
import io.lariat.model.Model;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Looks for values so far from those of the training that a prediction says nothing, however
 * ordinary it looks: mostly codes for a missing value, such as 9.97e36. Inputs that the model does
 * not use do not count.
 */
final class FarValues {
  private static final double MOST_DEVIATIONS = 1e6;

  /** For models that do not know how far is far. */
  private static final double MOST = 1e30;

  private final Model model;
  private final @Nullable Standardization standardization;
  private double[] row = {};
  private long rows;
  private long far;
  private long firstRow;
  private int firstInput;
  private double firstValue;

  FarValues(Model model) {
    this.model = model;
    standardization = model.standardization();
  }

  /** Looks at {@code count} rows from row {@code from} on, the next of a file. */
  void look(Features block, int from, int count) {
    if (standardization == null && block.sparseRows() != null) {
      return; // as many features as words, and nothing is known of any
    }
    if (row.length == 0) {
      row = new double[model.features()];
    }
    for (int i = from; i < from + count; i++) {
      rows++;
      block.copy(i, 1, row);
      int input = first();
      if (input >= 0 && far++ == 0) {
        firstRow = rows;
        firstInput = input;
        firstValue = row[input];
      }
    }
  }

  /** The first input of the row that is far out; -1 if none is. */
  private int first() {
    for (int j = 0; j < row.length; j++) {
      if (isFar(j, row[j]) && model.weights().usesInput(j)) {
        return j;
      }
    }
    return -1;
  }

  private boolean isFar(int j, double value) {
    return standardization == null
        ? Math.abs(value) > MOST
        : Math.abs(value - standardization.mean(j))
            > MOST_DEVIATIONS * standardization.deviation(j);
  }

  /** What was found, for people; null: nothing. */
  @Nullable String note() {
    if (far == 0) {
      return null;
    }
    return String.format(
        Locale.ROOT,
        "%s far beyond what the model was trained on, the first in row %d, where '%s' is %s; such a"
            + " prediction means little, and no number is taken for a missing value",
        far == 1 ? "1 row holds a value" : Figures.count(far) + " rows hold values",
        firstRow,
        model.schema().featureNames().get(firstInput),
        firstValue);
  }
}
