package io.lariat.model;

import io.lariat.numeric.LiveUnits;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The same function with the units taken out whose incoming weights are all zero: such a unit gives
 * {@code f(bias)} for every row, and that times its outgoing weights goes into the biases of the
 * next layer. This may leave units of the next layer without incoming weights, and so on.
 */
final class ConstantFolding {
  private final Network network;
  private final ParameterLayout layout;
  private final float[] values;

  /** For each layer, the units whose bias has changed. */
  private final BitSet[] changed;

  private ConstantFolding(Network network, Weights weights) {
    this.network = network;
    layout = weights.layout();
    values = new float[layout.size()];
    weights.copyTo(values);
    changed = new BitSet[layout.layers()];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = new BitSet();
    }
  }

  /** Folds the constants of {@code weights}, from the first layer to the last. */
  static ConstantFolding of(Network network, Weights weights) {
    ConstantFolding folding = new ConstantFolding(network, weights);
    int head = folding.layout.layers() - 1;
    for (int i = 0; i < head; i++) {
      folding.foldLayer(i);
    }
    if (folding.isZero(head)) {
      folding.clearHiddenLayers();
    }
    return folding;
  }

  /** The weights of the same function. */
  Weights weights() {
    return new Weights(layout, values);
  }

  /** Whether the bias of a unit in {@code live} has taken up a constant that is not zero. */
  boolean changes(LiveUnits live) {
    for (int i = 0; i < changed.length; i++) {
      for (int unit : live.units(i)) {
        if (changed[i].get(unit)) {
          return true;
        }
      }
    }
    return false;
  }

  private void foldLayer(int i) {
    int units = layout.out(i);
    float[] outputs = new float[units];
    System.arraycopy(values, layout.biasOffset(i), outputs, 0, units);
    network.layers().get(i).activation().apply(outputs, units);
    int next = layout.out(i + 1);
    double[] biases = new double[next];
    for (int v = 0; v < next; v++) {
      biases[v] = values[layout.biasOffset(i + 1) + v];
    }
    for (int u = 0; u < units; u++) {
      if (isConstant(i, u)) {
        int row = layout.kernelOffset(i + 1) + u * next;
        for (int v = 0; v < next; v++) {
          double share = (double) outputs[u] * values[row + v];
          biases[v] += share;
          if (share != 0) {
            changed[i + 1].set(v);
          }
          values[row + v] = 0;
        }
      }
    }
    changed[i + 1].stream().forEach(v -> values[layout.biasOffset(i + 1) + v] = (float) biases[v]);
  }

  private boolean isConstant(int i, int unit) {
    for (int k = 0; k < layout.in(i); k++) {
      if (values[layout.kernelOffset(i) + k * layout.out(i) + unit] != 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isZero(int i) {
    for (int k = 0; k < layout.kernelSize(i); k++) {
      if (values[layout.kernelOffset(i) + k] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Nothing reaches the head: what is left of the hidden layers has no use. */
  private void clearHiddenLayers() {
    int head = layout.layers() - 1;
    for (int i = 0; i < head; i++) {
      Arrays.fill(values, layout.kernelOffset(i), layout.kernelOffset(i) + layout.kernelSize(i), 0);
      Arrays.fill(values, layout.biasOffset(i), layout.biasOffset(i) + layout.out(i), 0);
    }
  }
}
