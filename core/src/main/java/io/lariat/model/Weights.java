package io.lariat.model;

import io.lariat.numeric.LiveUnits;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a network, in host memory, in the order of {@link ParameterLayout}: floats,
 * which backends use, and perhaps the doubles that these are roundings of.
 */
public final class Weights {
  private final ParameterLayout layout;
  private final float[] values;
  private final double @Nullable [] exact;

  /** Wraps {@code values}, which must have the layout's size; not copied. */
  Weights(ParameterLayout layout, float[] values) {
    this(layout, values, null);
  }

  private Weights(ParameterLayout layout, float[] values, double @Nullable [] exact) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "weights: expected " + layout.size() + " values, found " + values.length);
    }
    this.layout = layout;
    this.values = values;
    this.exact = exact;
  }

  /**
   * Weights that keep their doubles beside the floats nearest to them.
   *
   * @param values in the order of the layout; copied, -0 as 0
   * @throws IllegalArgumentException if one is not finite, or as a float would be, or would become
   *     0: zeros are the same in both
   */
  public static Weights exact(ParameterLayout layout, double[] values) {
    double[] doubles = new double[values.length];
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i] + 0.0;
      floats[i] = (float) doubles[i];
      if (!fitsFloat(values[i])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "weights: value %d is %s, which is not finite or becomes 0 as a float",
                i,
                values[i]));
      }
    }
    return new Weights(layout, floats, doubles);
  }

  /** Whether the float nearest to {@code value} is finite, and zero only if {@code value} is. */
  static boolean fitsFloat(double value) {
    return Float.isFinite((float) value) && ((float) value == 0) == (value == 0);
  }

  /** A copy of {@code values}, in the order of the layout. */
  public static Weights copyOf(ParameterLayout layout, float[] values) {
    return new Weights(layout, values.clone());
  }

  /** Kernels drawn by the network's initializer, biases zero. */
  public static Weights initial(Network network, RandomGenerator random) {
    ParameterLayout layout = new ParameterLayout(network);
    float[] values = new float[layout.size()];
    for (int i = 0; i < layout.layers(); i++) {
      int from = layout.kernelOffset(i);
      for (int k = 0; k < layout.kernelSize(i); k++) {
        values[from + k] = network.initializer().draw(random, layout.in(i), layout.out(i));
      }
    }
    return new Weights(layout, values);
  }

  /** Where each parameter is. */
  public ParameterLayout layout() {
    return layout;
  }

  /** The array itself, for this package's inner loops; never written to. */
  float[] values() {
    return values;
  }

  /** Whether the doubles are kept. */
  public boolean isExact() {
    return exact != null;
  }

  /** A copy of all parameters as doubles: those that are kept, or else the floats. */
  public double[] doubles() {
    if (exact != null) {
      return exact.clone();
    }
    double[] all = new double[values.length];
    Arrays.setAll(all, i -> values[i]);
    return all;
  }

  /** Copies all parameters to the start of {@code out}. */
  public void copyTo(float[] out) {
    System.arraycopy(values, 0, out, 0, values.length);
  }

  /** A copy of kernel {@code i}, {@code [in x out]} row-major. */
  public float[] kernel(int i) {
    int from = layout.kernelOffset(i);
    return Arrays.copyOfRange(values, from, from + layout.kernelSize(i));
  }

  /** A copy of bias {@code i}. */
  public float[] bias(int i) {
    int from = layout.biasOffset(i);
    return Arrays.copyOfRange(values, from, from + layout.out(i));
  }

  /** The rows {@code rows} and columns {@code cols} of kernel {@code i}, row-major. */
  float[] kernel(int i, int[] rows, int[] cols) {
    float[] kernel = new float[rows.length * cols.length];
    int at = 0;
    for (int row : rows) {
      for (int col : cols) {
        kernel[at++] = kernel(i, row, col);
      }
    }
    return kernel;
  }

  /** The elements {@code cols} of bias {@code i}. */
  float[] bias(int i, int[] cols) {
    float[] bias = new float[cols.length];
    for (int c = 0; c < cols.length; c++) {
      bias[c] = values[layout.biasOffset(i) + cols[c]];
    }
    return bias;
  }

  /** Which inputs and units can change an output. */
  LiveUnits live() {
    return LiveUnits.of(layout.widths(), e -> values[e] == 0);
  }

  /** The weight from input {@code row} to unit {@code col} of layer {@code i}. */
  public float kernel(int i, int row, int col) {
    return values[layout.kernelOffset(i) + row * layout.out(i) + col];
  }

  /** How many weights of all kernels are exactly zero. */
  public int zeros() {
    return zeros(0, layout.kernels());
  }

  /** How many weights of kernel {@code i} are exactly zero. */
  public int zeros(int i) {
    return zeros(layout.kernelOffset(i), layout.kernelSize(i));
  }

  private int zeros(int from, int count) {
    int zeros = 0;
    for (int k = from; k < from + count; k++) {
      zeros += values[k] == 0 ? 1 : 0;
    }
    return zeros;
  }

  /**
   * Whether input feature {@code j} has any weight that is not zero: whether the network uses it.
   */
  public boolean usesInput(int j) {
    for (int col = 0; col < layout.out(0); col++) {
      if (kernel(0, j, col) != 0) {
        return true;
      }
    }
    return false;
  }

  /** {@code sum |w|} over the first kernel's row of input {@code j}. */
  public double inputNorm(int j) {
    double sum = 0;
    for (int col = 0; col < layout.out(0); col++) {
      sum += Math.abs(kernel(0, j, col));
    }
    return sum;
  }

  /** Whether {@code other} are weights of the same shapes with the same bits, doubles included. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Weights that
        && layout.equals(that.layout)
        && Arrays.equals(values, that.values)
        && Arrays.equals(exact, that.exact);
  }

  @Override
  public int hashCode() {
    return 31 * layout.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d parameters%s, %d of %d weights zero",
        layout.size(),
        isExact() ? " in double" : "",
        zeros(),
        layout.kernels());
  }
}
