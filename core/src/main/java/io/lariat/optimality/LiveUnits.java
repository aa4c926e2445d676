package io.lariat.optimality;

import io.lariat.model.ParameterLayout;
import java.util.Arrays;

/** Which units can change the output. */
final class LiveUnits {
  private LiveUnits() {}

  /**
   * {@code [layer][unit]}: whether a chain of weights that are not zero leads from the unit to an
   * output. The head's units always do.
   */
  static boolean[][] of(ParameterLayout layout, double[] w) {
    int layers = layout.layers();
    boolean[][] units = new boolean[layers][];
    units[layers - 1] = new boolean[layout.out(layers - 1)];
    Arrays.fill(units[layers - 1], true);
    for (int i = layers - 1; i > 0; i--) {
      units[i - 1] = new boolean[layout.in(i)];
      for (int k = 0; k < layout.in(i); k++) {
        for (int j = 0; j < layout.out(i); j++) {
          units[i - 1][k] |= units[i][j] && w[layout.kernelOffset(i) + k * layout.out(i) + j] != 0;
        }
      }
    }
    return units;
  }
}
