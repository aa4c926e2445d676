package io.lariat.cli.predict;

import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Text;
import io.lariat.data.Features;
import io.lariat.data.SparseRows;
import io.lariat.data.Standardization;
import io.lariat.model.Model;
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
    // As many features as words have no room as dense rows; and without a mean, none is far at 0.
    @Nullable SparseRows sparse = standardization == null ? block.sparseRows() : null;
    for (int i = from; i < from + count; i++) {
      rows++;
      int input = sparse == null ? first(block, i) : first(sparse, i);
      if (input >= 0 && far++ == 0) {
        firstRow = rows;
        firstInput = input;
        firstValue = sparse == null ? row[input] : sparse.get(i, input);
      }
    }
  }

  /** The first input of row {@code i} that is far out; -1 if none is. */
  private int first(SparseRows block, int i) {
    for (int k = block.start(i); k < block.start(i + 1); k++) {
      int j = block.column(k);
      if (isFar(j, block.value(k)) && model.weights().usesInput(j)) {
        return j;
      }
    }
    return -1;
  }

  /** The same of a block of any kind, by way of {@link #row}. */
  private int first(Features block, int i) {
    if (row.length == 0) {
      row = new double[model.features()];
    }
    block.copy(i, 1, row);
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
    return Text.of(
        "%s far beyond what the model was trained on, the first in row %d, where '%s' is %s; such a"
            + " prediction means little, and no number is taken for a missing value",
        far == 1 ? "1 row holds a value" : Figures.count(far) + " rows hold values",
        firstRow,
        model.schema().featureNames().get(firstInput),
        firstValue);
  }
}
