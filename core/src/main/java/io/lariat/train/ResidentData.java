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
 * The rows of a training on a backend, those that validate behind the others, standardised on the
 * way there: the only copy that is made; without what {@link ConstantInputs} hides. Sparse rows
 * stay where they are.
 */
final class ResidentData {
  /** About this many floats are standardised and written at a time. */
  private static final int BLOCK = 1 << 16;

  /** {@code [rows x features]}; null if they are sparse. */
  final @Nullable Matrix x;

  /** {@code [rows x 1]}. */
  final Matrix y;

  private final Backend backend;
  private final @Nullable Standardization features;
  private final @Nullable Standardization target;
  private final ConstantInputs constant;

  ResidentData(
      Backend backend,
      Arena memory,
      Split split,
      @Nullable Standardization features,
      @Nullable Standardization target,
      ConstantInputs constant) {
    this.backend = backend;
    this.features = features;
    this.target = target;
    this.constant = constant;
    int rows = split.rows();
    int width = split.data().sparseRows() == null ? split.data().features() : 0;
    Storage storage = memory.data((long) rows * (width + 1));
    x = width == 0 ? null : new Matrix("x", storage, 0, rows, width);
    y = new Matrix("y", storage, (long) rows * width, rows, 1);
    write(split.data(), 0, split.trainingRows(), 0);
    if (split.validationRows() > 0) {
      write(split.validation(), split.from(), split.validationRows(), split.trainingRows());
    }
  }

  /** Writes {@code count} rows of {@code data} from row {@code from} on to row {@code at} on. */
  private void write(Dataset data, int from, int count, int at) {
    writeTargets(data, from, count, at);
    if (x != null) {
      writeFeatures(data, from, count, x.rowRange(at, count));
    } else {
      requireFinite(data, Objects.requireNonNull(data.sparseRows()), from, count);
    }
  }

  private void writeFeatures(Dataset data, int first, int rows, Matrix to) {
    int width = to.cols();
    int blockRows = Math.min(rows, Math.max(1, BLOCK / width));
    double[] rowsOfBlock = new double[features == null ? 0 : blockRows * width];
    float[] block = new float[blockRows * width];
    for (int from = 0; from < rows; from += blockRows) {
      int count = Math.min(blockRows, rows - from);
      if (features == null) {
        data.copyFeatures(first + from, count, block);
        requireFinite(data, block, first + from, count);
      } else {
        data.copyFeatures(first + from, count, rowsOfBlock);
        features.apply(rowsOfBlock, 0, count, block);
      }
      constant.hide(block, count, width);
      backend.write(block, 0, to.rowRange(from, count));
    }
  }

  private static void requireFinite(Dataset data, float[] block, int from, int count) {
    int width = data.features();
    for (int k = 0; k < count * width; k++) {
      if (Float.isInfinite(block[k])) {
        throw beyond(data, from + k / width, k % width);
      }
    }
  }

  private static void requireFinite(Dataset data, SparseRows sparse, int from, int count) {
    for (int i = from; i < from + count; i++) {
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

  private void writeTargets(Dataset data, int from, int count, int at) {
    float[] targets = new float[count];
    if (target == null) {
      data.copyTargets(from, count, targets);
      for (int i = 0; i < count; i++) {
        if (Float.isInfinite(targets[i])) {
          String what = "target '" + data.schema().target().name() + "'";
          throw beyond(data, what, data.target(from + i), from + i);
        }
      }
    } else {
      double[] own = new double[count];
      data.copyTargets(from, count, own);
      target.apply(own, 0, count, targets);
    }
    backend.write(targets, 0, y.rowRange(at, count));
  }
}
