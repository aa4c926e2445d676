package io.lariat.train;

import io.lariat.backend.Allocations;
import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import io.lariat.backend.Storage;
import io.lariat.data.Dataset;
import io.lariat.data.NumberText;
import io.lariat.data.Standardization;
import java.util.Locale;
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
      Allocations memory,
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
        int row = from + k / width;
        throw new TrainingException(
            String.format(
                Locale.ROOT,
                "%s: %s of feature %s, row %d, is beyond the range of the floats that are trained"
                    + " on; standardise the features, or rescale the column",
                data.source(),
                NumberText.of(data.feature(row, k % width)),
                data.schema().featureNames().get(k % width),
                row + 1));
      }
    }
  }

  private void writeTargets(Backend backend, Dataset data, @Nullable Standardization target) {
    float[] targets = new float[data.rows()];
    if (target == null) {
      data.copyTargets(0, data.rows(), targets);
    } else {
      double[] own = new double[data.rows()];
      data.copyTargets(0, data.rows(), own);
      target.apply(own, 0, data.rows(), targets);
    }
    backend.write(targets, 0, y);
  }
}
