package io.lariat.simd.rows;

import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOAT_LAYOUT;

import io.lariat.backend.ElementLoss;
import io.lariat.backend.Matrix;
import io.lariat.backend.MeanSquaredError;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.Job;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The losses that go element by element: each row's score, the gradient of the batch's mean, or
 * both while the logits are in the first-level cache. {@link ElementLosses} has their arithmetic;
 * {@link CategoricalLoss} goes by rows.
 */
public final class Losses extends Job {
  private ElementLoss loss = new MeanSquaredError();
  private MemorySegment logits = MemorySegment.NULL;
  private MemorySegment targets = MemorySegment.NULL;
  private MemorySegment rowLosses = MemorySegment.NULL;
  private MemorySegment grad = MemorySegment.NULL;
  private long logitsAt;
  private long targetsAt;
  private long lossesAt;
  private long gradAt;
  private int rows;
  private int cols;
  private boolean wantsRowLosses;
  private boolean wantsGrad;

  /**
   * Sets up a loss.
   *
   * @param out where the row losses go, {@code [rows x 2]}; null for none
   * @param gradient where the gradient goes; null for none
   */
  public Losses of(
      ElementLoss which, Matrix z, Matrix y, @Nullable Matrix out, @Nullable Matrix gradient) {
    loss = which;
    logits = SimdStorage.memory(z);
    logitsAt = SimdStorage.at(z);
    targets = SimdStorage.memory(y);
    targetsAt = SimdStorage.at(y);
    wantsRowLosses = out != null;
    if (out != null) {
      rowLosses = SimdStorage.memory(out);
      lossesAt = SimdStorage.at(out);
    }
    wantsGrad = gradient != null;
    if (gradient != null) {
      grad = SimdStorage.memory(gradient);
      gradAt = SimdStorage.at(gradient);
    }
    rows = z.rows();
    cols = z.cols();
    reads(z, Split.ROWS);
    reads(y, Split.ROWS);
    if (out != null) {
      writes(out, Split.ROWS);
    }
    if (gradient != null) {
      writes(gradient, Split.ROWS);
    }
    return this;
  }

  @Override
  public void run(int part, int parts, Scratch scratch) {
    long row = begin(rows, 1, part, parts);
    long from = row * cols;
    long end = begin(rows, 1, part + 1, parts) * cols;
    float factor = (float) (1.0 / ((double) rows * cols));
    double lossOfRow = 0;
    double metricOfRow = 0;
    int col = 0;
    while (from < end) {
      int n = (int) Math.min(Scratch.BUFFER_FLOATS, end - from);
      long z = logitsAt + from * FLOAT;
      long y = targetsAt + from * FLOAT;
      if (wantsRowLosses) {
        ElementLosses.rowLosses(loss, logits, z, targets, y, scratch.memory, n);
        for (int i = 0; i < n; i++) {
          lossOfRow += scratch.memory.get(FLOAT_LAYOUT, Scratch.FIRST + i * FLOAT);
          metricOfRow += scratch.memory.get(FLOAT_LAYOUT, Scratch.SECOND + i * FLOAT);
          if (++col == cols) {
            setRowLoss(row++, lossOfRow / cols, metricOfRow / cols);
            lossOfRow = 0;
            metricOfRow = 0;
            col = 0;
          }
        }
      }
      if (wantsGrad) { // last, because it may overwrite the logits
        long g = gradAt + from * FLOAT;
        ElementLosses.gradient(loss, logits, z, targets, y, grad, g, n, factor, scratch.memory);
      }
      from += n;
    }
  }

  private void setRowLoss(long row, double rowLoss, double rowMetric) {
    long at = lossesAt + row * 2 * FLOAT;
    rowLosses.set(FLOAT_LAYOUT, at, (float) rowLoss);
    rowLosses.set(FLOAT_LAYOUT, at + FLOAT, (float) rowMetric);
  }
}
