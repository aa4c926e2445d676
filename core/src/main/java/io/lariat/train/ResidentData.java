package io.lariat.train;

import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import io.lariat.backend.Storage;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.data.Standardization;
import io.lariat.internal.text.NumberText;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A data set's rows on a backend, standardised on the way there: the only copy that is made;
 * without what {@link ConstantInputs} hides. Sparse rows stay where they are.
 */
final class ResidentData {
  /** About this many floats are standardised and written at a time. */
  private static final int BLOCK = 1 << 16;

  /** {@code [rows x features]}; null if they are sparse. */
  final @Nullable Matrix x;

  /** {@code [rows x 1]}. */
  final Matrix y;

  ResidentData(
      Backend backend,
      Arena memory,
      Dataset data,
      @Nullable Standardization features,
      @Nullable Standardization target,
      ConstantInputs constant) {
    int rows = data.rows();
    int width = data.sparseRows() == null ? data.features() : 0;
    Storage storage = memory.data((long) rows * (width + 1));
    y = new Matrix("y", storage, (long) rows * width, rows, 1);
    writeTargets(backend, data, target);
    if (width == 0) {
      x = null;
      requireFinite(data, Objects.requireNonNull(data.sparseRows()));
      return;
    }
    x = new Matrix("x", storage, 0, rows, width);
    int blockRows = Math.min(rows, Math.max(1, BLOCK / width));
    double[] rowsOfBlock = new double[features == null ? 0 : blockRows * width];
    float[] block = new float[blockRows * width];
    for (int from = 0; from < rows; from += blockRows) {
      int count = Math.min(blockRows, rows - from);
      if (features == null) {
        data.copyFeatures(from, count, block);
        requireFinite(data, block, from);
      } else {
        data.copyFeatures(from, count, rowsOfBlock);
        features.apply(rowsOfBlock, 0, count, block);
      }
      constant.hide(block, count, width);
      backend.write(block, 0, x.rowRange(from, count));
    }
  }

  private static void requireFinite(Dataset data, float[] block, int from) {
    int width = data.features();
    for (int k = 0; k < block.length; k++) {
      if (Float.isInfinite(block[k])) {
        throw beyond(data, from + k / width, k % width);
      }
    }
  }

  private static void requireFinite(Dataset data, SparseRows sparse) {
    for (int i = 0; i < data.rows(); i++) {
      for (int k = sparse.start(i); k < sparse.start(i + 1); k++) {
        if (Float.isInfinite(sparse.nearestFloat(k))) {
          throw beyond(data, i, sparse.column(k));
        }
      }
    }
  }

  private static TrainingException beyond(Dataset data, int row, int feature) {
    String name = "feature " + data.schema().featureNames().get(feature);
    return beyond(data, name, data.feature(row, feature), row);
  }

  private static TrainingException beyond(Dataset data, String what, double value, int row) {
    return new TrainingException(
        String.format(
            Locale.ROOT,
            "%s: %s of %s, row %d, is beyond the range of the floats that are trained on;"
                + " standardise, or rescale the column",
            data.source(),
            NumberText.of(value),
            what,
            row + 1));
  }

  private void writeTargets(Backend backend, Dataset data, @Nullable Standardization target) {
    float[] targets = new float[data.rows()];
    if (target == null) {
      data.copyTargets(0, data.rows(), targets);
      for (int i = 0; i < targets.length; i++) {
        if (Float.isInfinite(targets[i])) {
          throw beyond(data, "target '" + data.schema().target().name() + "'", data.target(i), i);
        }
      }
    } else {
      double[] own = new double[data.rows()];
      data.copyTargets(0, data.rows(), own);
      target.apply(own, 0, data.rows(), targets);
    }
    backend.write(targets, 0, y);
  }
}
