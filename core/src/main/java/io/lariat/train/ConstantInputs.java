package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.data.Standardization;
import io.lariat.model.Weights;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that are constant in the training rows. What a training cannot know it does not use:
 * weights that would have been drawn for them are zero from the start, and stay so, as the network
 * is shown zeros in their place, for which their gradient is exactly 0 under every rule and
 * penalty.
 *
 * <p>Weights that were given and are not zero are trained like all others. Those of a model that is
 * continued know what these rows do not tell, and are <em>held</em>. With an input's constant
 * {@code c} and its weights {@code w} the first layer is
 *
 * <pre>  x w + b = (x - c) w + (b + c w)</pre>
 *
 * so the network is shown {@code x - c}, exactly 0 in the training rows, and begins with the bias
 * {@code b + c w}; the penalty, which alone would move {@code w}, is undone after each epoch, and
 * {@code c w} is taken from the bias in the end. Of sparse rows, which cannot be moved, inputs that
 * are in no training row are held; one that has the same value in each is trained like others.
 */
final class ConstantInputs {

  /** Where the initial weights are from. */
  enum Origin {
    DRAWN,
    GIVEN,
    CONTINUED
  }

  private final Weights initial;

  /** Inputs that the network does not see. */
  private final BitSet unknown;

  /** Inputs whose weights are kept, and the constants that they have, standardised. */
  private final int[] held;

  private final float[] constants;

  private ConstantInputs(Weights initial, BitSet unknown, int[] held, float[] constants) {
    this.initial = initial;
    this.unknown = unknown;
    this.held = held;
    this.constants = constants;
  }

  /**
   * Those of a training.
   *
   * @param constant the features that are constant in the training rows
   * @param features how features are standardised; null: not at all
   * @param initial the initial weights
   * @param origin where they are from
   */
  static ConstantInputs of(
      Dataset data,
      BitSet constant,
      @Nullable Standardization features,
      Weights initial,
      Origin origin) {
    BitSet unknown = (BitSet) constant.clone();
    int[] known =
        origin == Origin.DRAWN ? new int[0] : unknown.stream().filter(initial::usesInput).toArray();
    for (int j : known) {
      unknown.clear(j);
    }
    if (origin != Origin.CONTINUED || known.length == 0) {
      return new ConstantInputs(initial, unknown, new int[0], new float[0]);
    }
    double[] row = new double[data.features()];
    data.copyFeatures(0, 1, row);
    if (features != null) {
      features.apply(row, 1);
    }
    boolean isSparse = data.sparseRows() != null;
    int[] held = Arrays.stream(known).filter(j -> !isSparse || row[j] == 0).toArray();
    float[] constants = new float[held.length];
    for (int h = 0; h < held.length; h++) {
      constants[h] = (float) row[held[h]];
    }
    return new ConstantInputs(initial, unknown, held, constants);
  }

  /** Whether a network is shown the same rows. */
  boolean showsAs(ConstantInputs other) {
    return unknown.equals(other.unknown)
        && Arrays.equals(held, other.held)
        && Arrays.equals(constants, other.constants);
  }

  /** The weights to begin with. */
  Weights initial() {
    if (unknown.isEmpty() && held.length == 0) {
      return initial;
    }
    float[] values = new float[initial.layout().size()];
    initial.copyTo(values);
    int units = initial.layout().out(0);
    unknown.stream().forEach(j -> Arrays.fill(values, j * units, (j + 1) * units, 0));
    addToBias(values, 1);
    return Weights.copyOf(initial.layout(), values);
  }

  /** {@code b += sign c w}, over what is held. */
  private void addToBias(float[] values, int sign) {
    if (held.length == 0) {
      return;
    }
    int units = initial.layout().out(0);
    int bias = initial.layout().biasOffset(0);
    for (int unit = 0; unit < units; unit++) {
      double sum = 0;
      for (int h = 0; h < held.length; h++) {
        sum += (double) constants[h] * initial.kernel(0, held[h], unit);
      }
      values[bias + unit] = (float) (values[bias + unit] + sign * sum);
    }
  }

  /**
   * Turns rows of features, standardised, into what the network is shown.
   *
   * @param rows {@code [count x width]}
   */
  void hide(float[] rows, int count, int width) {
    for (int i = 0; i < count; i++) {
      int row = i * width;
      for (int j = unknown.nextSetBit(0); j >= 0; j = unknown.nextSetBit(j + 1)) {
        rows[row + j] = 0;
      }
      for (int h = 0; h < held.length; h++) {
        rows[row + held[h]] -= constants[h];
      }
    }
  }

  /** The same of sparse rows. */
  SparseRows hide(SparseRows rows) {
    return unknown.isEmpty() ? rows : rows.without(unknown);
  }

  /** Undoes what the penalty did to weights that are held. */
  void restore(Backend backend, ParameterBlock parameters) {
    int units = initial.layout().out(0);
    float[] row = new float[units];
    for (int j : held) {
      for (int unit = 0; unit < units; unit++) {
        row[unit] = initial.kernel(0, j, unit);
      }
      Matrix kernel = parameters.kernel(0);
      backend.write(row, 0, kernel.rowRange(j, 1));
    }
  }

  /** Turns parameters as trained into those of a network that is shown the rows as they are. */
  void finish(float[] parameters) {
    addToBias(parameters, -1);
  }
}
