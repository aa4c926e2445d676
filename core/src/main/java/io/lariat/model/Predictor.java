package io.lariat.model;

import io.lariat.backend.Activation;
import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import io.lariat.backend.Occupancy;
import io.lariat.backend.Product;
import io.lariat.data.Standardization;
import io.lariat.numeric.LiveUnits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Predicts many rows at a time on a backend: for batches, where {@link Model#predict(float[])} is
 * for one row at a time on any thread.
 *
 * <p>Inputs and units that cannot change an output because their weights are zero are left out, so
 * a network with many of them takes less time. Where most of what is left of the first layer's
 * weights is zero too, batches meet only those that are not. A feature that is left out is not even
 * looked at: it may be NaN.
 *
 * <p>Each output differs from that of {@code Model.predict} by no more than the rounding of its
 * sums; outputs that are not finite are given as they are. Like its backend, a predictor is used by
 * one caller at a time: a thread that comes while another one is in any call of this predictor, or
 * trains or predicts otherwise on the same backend, is refused with an {@link
 * IllegalStateException} that names the other.
 *
 * <pre>{@code
 * try (Backend backend = Backends.open();
 *     Predictor predictor = Predictor.of(model, backend)) {
 *   predictor.predict(rows, count, out);
 * }
 * }</pre>
 */
public final class Predictor implements AutoCloseable {

  /** About as many floats of input are on their way at a time: they stay in a cache. */
  private static final int BLOCK_FLOATS = 1 << 16;

  private static final int MIN_BLOCK = 64;
  private static final int MAX_BLOCK = 1024;

  private final Backend backend;
  private final Occupancy occupancy;
  private final Arena memory;
  private final int features;
  private final int outputs;
  private final int[] inputs;
  private final @Nullable Standardization standardization;
  private final @Nullable Standardization targetStandardization;
  private final List<Matrix> kernels = new ArrayList<>();
  private final List<Matrix> biases = new ArrayList<>();
  private final List<Activation> activations = new ArrayList<>();
  private final List<Matrix> activated = new ArrayList<>();
  private final Matrix x;
  private final float[] staged;

  /** If not, {@link #staged} stays zero. */
  private final boolean readsInputs;

  private final @Nullable FirstLayerByColumns byColumns;

  private Predictor(Model model, Backend backend, Arena memory) {
    this.backend = backend;
    this.memory = memory;
    occupancy = backend.occupancy();
    features = model.features();
    outputs = model.outputs();
    standardization = model.standardization();
    targetStandardization = model.targetStandardization();
    Weights weights = model.weights();
    LiveUnits live = weights.live();
    inputs = live.inputs(0);
    readsInputs = live.readsInputs();
    byColumns = FirstLayerByColumns.of(backend, memory, model, live);
    int block =
        byColumns == null
            ? Math.clamp(BLOCK_FLOATS / inputs.length, MIN_BLOCK, MAX_BLOCK)
            : FirstLayerByColumns.BLOCK;
    staged = new float[block * inputs.length];
    x = memory.matrix("x", block, inputs.length);
    for (int i = 0; i < model.network().layers().size(); i++) {
      int units = live.units(i).length;
      int in = live.inputs(i).length;
      kernels.add(
          memory.matrix(
              "kernel " + i, weights.kernel(i, live.inputs(i), live.units(i)), in, units));
      biases.add(memory.matrix("bias " + i, weights.bias(i, live.units(i)), 1, units));
      activations.add(model.network().layers().get(i).activation());
      activated.add(memory.matrix("output " + i, block, units));
    }
  }

  /**
   * Copies what {@code model} needs to {@code backend}.
   *
   * @param backend stays open as long as the predictor is used
   * @throws IllegalStateException if another thread uses the backend
   */
  public static Predictor of(Model model, Backend backend) {
    backend.occupancy().enter();
    try {
      return backend.arena().ownedBy(memory -> new Predictor(model, backend, memory));
    } finally {
      backend.occupancy().leave();
    }
  }

  /**
   * The outputs for {@code count} rows, as {@link Model#predict(double[], int, double[])} gives
   * them, though with the model's floats where it keeps doubles too.
   *
   * @param rows {@code [count x features]} row-major, unstandardised
   * @param count the number of rows
   * @param out {@code [count x outputs]} row-major, written
   * @throws IllegalStateException if another thread uses the backend
   */
  public void predict(double[] rows, int count, double[] out) {
    Model.requireRows(rows.length, count, features, out.length, outputs);
    occupancy.enter();
    try {
      run(rows, count, out);
    } finally {
      occupancy.leave();
    }
  }

  /** As {@link #predict(double[], int, double[])}, of floats. */
  public void predict(float[] rows, int count, float[] out) {
    Model.requireRows(rows.length, count, features, out.length, outputs);
    occupancy.enter();
    try {
      run(rows, count, out);
    } finally {
      occupancy.leave();
    }
  }

  private void run(double[] rows, int count, double[] out) {
    int block = Math.min(count, x.rows());
    float[] own = new float[block * features];
    float[] z = new float[block * outputs];
    for (int from = 0; from < count; from += block) {
      int n = Math.min(block, count - from);
      if (standardization != null) {
        standardization.apply(rows, from * features, n, own);
      } else {
        for (int k = 0; k < n * features; k++) {
          own[k] = (float) rows[from * features + k];
        }
      }
      backend.read(forward(own, 0, n, null), z, 0);
      for (int k = 0; k < n * outputs; k++) {
        out[from * outputs + k] =
            targetStandardization == null ? z[k] : targetStandardization.invert(0, z[k]);
      }
    }
  }

  private void run(float[] rows, int count, float[] out) {
    int block = x.rows();
    for (int from = 0; from < count; from += block) {
      int n = Math.min(block, count - from);
      backend.read(forward(rows, from, n, standardization), out, from * outputs);
    }
    if (targetStandardization != null) {
      for (int i = 0; i < count; i++) {
        out[i] = (float) targetStandardization.invert(0, out[i]);
      }
    }
  }

  /** The outputs of {@code n} rows; {@code by} null: they are standardised, if need be. */
  private Matrix forward(float[] rows, int from, int n, @Nullable Standardization by) {
    if (byColumns != null
        && n >= FirstLayerByColumns.LEAST_ROWS
        && byColumns.take(rows, from, n, by)) {
      return forwardByColumns(byColumns, n);
    }
    write(rows, from, n, by);
    return layersFrom(0, x.rowRange(0, n), n);
  }

  private Matrix forwardByColumns(FirstLayerByColumns first, int n) {
    Matrix h = first.apply();
    Matrix next = activated.get(1).rowRange(0, n);
    backend.matmul(Product.ATB, h, kernels.get(1), next);
    backend.addBias(next, biases.get(1), next);
    backend.activate(activations.get(1), next, next);
    return layersFrom(2, next, n);
  }

  private Matrix layersFrom(int first, Matrix input, int n) {
    Matrix in = input;
    for (int i = first; i < kernels.size(); i++) {
      Matrix next = activated.get(i).rowRange(0, n);
      backend.dense(in, kernels.get(i), biases.get(i), activations.get(i), next);
      in = next;
    }
    return in;
  }

  /** Brings the inputs of {@code n} rows to the backend, standardised, without those left out. */
  private void write(float[] rows, int from, int n, @Nullable Standardization by) {
    if (by == null && inputs.length == features && readsInputs) {
      backend.write(rows, from * features, x.rowRange(0, n));
      return;
    }
    for (int i = 0; i < n && readsInputs; i++) {
      int row = (from + i) * features;
      int to = i * inputs.length;
      for (int k = 0; k < inputs.length; k++) {
        float value = rows[row + inputs[k]];
        staged[to + k] = by == null ? value : (float) by.apply(inputs[k], value);
      }
    }
    backend.write(staged, 0, x.rowRange(0, n));
  }

  /**
   * Frees its memory on the backend. Closing twice does nothing.
   *
   * @throws IllegalStateException if another thread uses the backend
   */
  @Override
  public void close() {
    occupancy.enter();
    try {
      memory.close();
    } finally {
      occupancy.leave();
    }
  }
}
