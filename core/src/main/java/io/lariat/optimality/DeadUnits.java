package io.lariat.optimality;

import io.lariat.backend.Activation;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.numeric.LiveUnits;

/** Units of a network that its penalty pays for in vain. */
final class DeadUnits {
  private DeadUnits() {}

  /**
   * Takes the weights from units that reach no output, and puts the constant output of units
   * without a weight into the next bias: changes no output, and lowers the penalty.
   *
   * @param w the parameters, changed
   * @return whether that changed anything
   */
  static boolean remove(Network network, ParameterLayout layout, double[] w) {
    boolean changed = false;
    for (int i = 0; i + 1 < layout.layers(); i++) {
      for (int j = 0; j < layout.out(i); j++) {
        if (isZero(w, layout.kernelOffset(i) + j, layout.in(i), layout.out(i))) {
          changed |= fold(network, layout, w, i, j);
        }
      }
    }
    LiveUnits live = LiveUnits.of(layout.widths(), e -> w[e] == 0);
    for (int i = 0; i + 1 < layout.layers(); i++) {
      for (int j = 0; j < layout.out(i); j++) {
        int column = layout.kernelOffset(i) + j;
        if (!live.isLive(i, j) && !isZero(w, column, layout.in(i), layout.out(i))) {
          for (int k = 0; k < layout.in(i); k++) {
            w[column + k * layout.out(i)] = 0;
          }
          changed = true;
        }
      }
    }
    return changed;
  }

  private static boolean isZero(double[] w, int from, int count, int stride) {
    for (int k = 0; k < count; k++) {
      if (w[from + k * stride] != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean fold(
      Network network, ParameterLayout layout, double[] w, int layer, int unit) {
    double[] constant = {w[layout.biasOffset(layer) + unit]};
    Activation f = network.layers().get(layer).activation();
    f.apply(constant, 1);
    int next = layer + 1;
    int row = layout.kernelOffset(next) + unit * layout.out(next);
    boolean changed = false;
    for (int l = 0; l < layout.out(next); l++) {
      if (w[row + l] != 0) {
        w[layout.biasOffset(next) + l] += constant[0] * w[row + l];
        w[row + l] = 0;
        changed = true;
      }
    }
    return changed;
  }
}
