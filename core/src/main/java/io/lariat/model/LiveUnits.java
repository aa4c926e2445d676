package io.lariat.model;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which inputs and units of a network can change its output: those from which a chain of weights
 * that are not zero leads to an output. All others can be left out, for what they add is exactly
 * zero.
 */
final class LiveUnits {

  /** For the inputs, then for each layer, the numbers of those that are live, ascending. */
  private final int[][] live;

  private LiveUnits(int[][] live) {
    this.live = live;
  }

  /** Finds them, from the outputs back. */
  static LiveUnits of(Weights weights) {
    int layers = weights.layout().layers();
    int[][] live = new int[layers + 1][];
    live[layers] = all(weights.layout().out(layers - 1));
    for (int i = layers - 1; i >= 0; i--) {
      live[i] = withWeights(weights, i, live[i + 1]);
    }
    return new LiveUnits(live);
  }

  /** Every one, dead or not. */
  private static int[] all(int count) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }

  /** The inputs of layer {@code i} that have a weight to one of its live units. */
  private static int[] withWeights(Weights weights, int i, int[] units) {
    BitSet found = new BitSet();
    for (int k = 0; k < weights.layout().in(i); k++) {
      for (int unit : units) {
        if (weights.kernel(i, k, unit) != 0) {
          found.set(k);
          break;
        }
      }
    }
    // A matrix has at least one row: without any weight, any input will do.
    return found.isEmpty() ? new int[] {0} : found.stream().toArray();
  }

  /** Whether any feature can change an output; if not, {@link #inputs} names one all the same. */
  boolean readsInputs(Weights weights) {
    for (int k : inputs(0)) {
      for (int unit : units(0)) {
        if (weights.kernel(0, k, unit) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** The live inputs of layer {@code i}: features, or units of the layer before. */
  int[] inputs(int i) {
    return live[i];
  }

  /** The live units of layer {@code i}. */
  int[] units(int i) {
    return live[i + 1];
  }

  /** The kernel of layer {@code i} without what is dead, {@code [inputs x units]} row-major. */
  float[] kernel(Weights weights, int i) {
    int[] rows = inputs(i);
    int[] cols = units(i);
    float[] kernel = new float[rows.length * cols.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < cols.length; c++) {
        kernel[r * cols.length + c] = weights.kernel(i, rows[r], cols[c]);
      }
    }
    return kernel;
  }

  /** The bias of layer {@code i} without what is dead. */
  float[] bias(Weights weights, int i) {
    float[] all = weights.bias(i);
    int[] cols = units(i);
    float[] bias = new float[cols.length];
    for (int c = 0; c < cols.length; c++) {
      bias[c] = all[cols[c]];
    }
    return bias;
  }
}
