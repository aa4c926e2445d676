package io.lariat.model;

import io.lariat.backend.Activation;
import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.SparseMatrix;
import io.lariat.backend.Storage;
import io.lariat.data.Standardization;
import io.lariat.numeric.LiveUnits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A first layer most of whose weights are zero, by compressed columns: {@code h' = f(W' x')}, with
 * a batch's rows turned into columns, so that each weight that is there meets a row of neighbouring
 * values. The bias is one more weight, of an input that is always 1.
 */
final class FirstLayerByColumns {

  /**
   * From which share of zeros on this is faster, the turning of the batch included: measured on 784
   * x 128 weights and batches of 128 and 1024 (docs/decisions/0015).
   */
  static final double LEAST_ZEROS = 0.85;

  /** From how many rows on. */
  static final int LEAST_ROWS = 32;

  /** Up to how many rows at a time: eight vectors of 512 bits. */
  static final int BLOCK = 128;

  /** Rows that are turned at a time: as many values as a cache line holds. */
  private static final int TURNED = 16;

  private final Backend backend;
  private final Activation activation;
  private final int features;
  private final int[] inputs;
  private final int units;
  private final Storage x;
  private final Storage h;
  private final SparseMatrix weights;
  private final float[] staged;
  private int stagedRows;

  private FirstLayerByColumns(
      Backend backend, Arena memory, Model model, LiveUnits live, float[] kernel, float[] bias) {
    this.backend = backend;
    activation = model.network().layers().getFirst().activation();
    features = model.features();
    inputs = live.inputs(0);
    units = bias.length;
    int[] hostStarts = new int[units + 1];
    int[] hostColumns = new int[kernel.length + units];
    float[] hostValues = new float[kernel.length + units];
    int count = 0;
    for (int unit = 0; unit < units; unit++) {
      for (int k = 0; k < inputs.length; k++) {
        if (kernel[k * units + unit] != 0) {
          hostColumns[count] = k;
          hostValues[count++] = kernel[k * units + unit];
        }
      }
      hostColumns[count] = inputs.length;
      hostValues[count++] = bias[unit];
      hostStarts[unit + 1] = count;
    }
    Indices starts = memory.indices(hostStarts, units + 1);
    Indices columns = memory.indices(hostColumns, count);
    Matrix elements = memory.matrix("weights", hostValues, 1, count);
    weights = new SparseMatrix("weights", starts, columns, elements, units, inputs.length + 1);
    x = memory.floats((inputs.length + 1L) * BLOCK);
    h = memory.floats((long) units * BLOCK);
    staged = new float[(inputs.length + 1) * BLOCK];
  }

  /** The first layer of {@code model}; null if it is better kept dense. */
  static @Nullable FirstLayerByColumns of(
      Backend backend, Arena memory, Model model, LiveUnits live) {
    int last = model.network().layers().size() - 1;
    if (last == 0 || model.network().layers().getFirst().activation().isByRow()) {
      return null;
    }
    float[] kernel = model.weights().kernel(0, live.inputs(0), live.units(0));
    int zeros = 0;
    for (float w : kernel) {
      zeros += w == 0 ? 1 : 0;
    }
    return zeros < LEAST_ZEROS * kernel.length
        ? null
        : new FirstLayerByColumns(
            backend, memory, model, live, kernel, model.weights().bias(0, live.units(0)));
  }

  /**
   * Takes {@code n} rows for {@link #apply}.
   *
   * @param rows {@code [.. x features]}
   * @param from the first of them
   * @param by how they are standardised; null: not any more
   * @return whether all numbers are finite; if not, weights that are zero count too, as zero times
   *     infinity is NaN, and the layer must be computed with them
   */
  boolean take(float[] rows, int from, int n, @Nullable Standardization by) {
    for (int i = 0; i < n; i += TURNED) {
      turn(rows, from + i, Math.min(TURNED, n - i), i, n, by);
    }
    Arrays.fill(staged, inputs.length * n, (inputs.length + 1) * n, 1);
    stagedRows = n;
    return areFinite(staged, inputs.length * n);
  }

  private static boolean areFinite(float[] values, int count) {
    int largest = 0; // of integers, as a maximum of floats would not be compiled to vectors
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, Float.floatToRawIntBits(values[i]) & Integer.MAX_VALUE);
    }
    return largest < Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
  }

  /**
   * The layer's output for the rows that were taken.
   *
   * @return {@code [units x n]}, until the next call
   */
  Matrix apply() {
    int n = stagedRows;
    Matrix in = new Matrix("x", x, 0, inputs.length + 1, n);
    backend.write(staged, 0, in);
    Matrix out = new Matrix("h", h, 0, units, n);
    backend.matmul(weights, in, out);
    backend.activate(activation, out, out);
    return out;
  }

  /** Writes some rows as columns from column {@code to} of {@code width} on. */
  private void turn(
      float[] rows, int from, int count, int to, int width, @Nullable Standardization by) {
    for (int k = 0; k < inputs.length; k++) {
      int j = inputs[k];
      int at = k * width + to;
      int source = from * features + j;
      for (int i = 0; i < count; i++) {
        staged[at + i] = rows[source];
        source += features;
      }
      if (by != null) {
        for (int i = 0; i < count; i++) {
          staged[at + i] = (float) by.apply(j, staged[at + i]);
        }
      }
    }
  }
}
