package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import io.lariat.backend.Storage;
import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import org.jspecify.annotations.Nullable;

/** A data set's rows on a backend, standardised on the way there: the only copy that is made. */
final class ResidentData implements AutoCloseable {
  /** About this many floats are standardised and written at a time. */
  private static final int BLOCK = 1 << 16;

  /** {@code [rows x features]}. */
  final Matrix x;

  /** {@code [rows x 1]}. */
  final Matrix y;

  private final Storage storage;

  ResidentData(
      Backend backend,
      Dataset data,
      @Nullable Standardization features,
      @Nullable Standardization target) {
    int rows = data.rows();
    int width = data.features();
    storage = backend.allocate((long) rows * (width + 1));
    x = new Matrix("x", storage, 0, rows, width);
    y = new Matrix("y", storage, (long) rows * width, rows, 1);
    int blockRows = Math.min(rows, Math.max(1, BLOCK / width));
    float[] block = new float[blockRows * width];
    float[] targets = new float[blockRows];
    for (int from = 0; from < rows; from += blockRows) {
      int count = Math.min(blockRows, rows - from);
      data.copyFeatures(from, count, block);
      data.copyTargets(from, count, targets);
      if (features != null) {
        features.apply(block, 0, count);
      }
      if (target != null) {
        target.apply(targets, 0, count);
      }
      backend.write(block, 0, x.rowRange(from, count));
      backend.write(targets, 0, y.rowRange(from, count));
    }
  }

  @Override
  public void close() {
    storage.close();
  }
}
