package io.lariat.numeric;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which inputs and units of a network can change its output: those from which a chain of weights
 * that are not zero leads to an output. All others can be left out, for what they add is exactly
 * zero.
 */
public final class LiveUnits {
  private final int[] widths;

  /** For the inputs, then for each layer, the numbers of those that stay, ascending. */
  private final int[][] kept;

  /** The first place among them from which a chain leads to an output. */
  private final int firstLive;

  private final boolean readsInputs;

  private LiveUnits(int[] widths, int[][] kept, int firstLive, boolean readsInputs) {
    this.widths = widths;
    this.kept = kept;
    this.firstLive = firstLive;
    this.readsInputs = readsInputs;
  }

  /**
   * Finds them, from the outputs back.
   *
   * @param widths the inputs, then the units of each layer
   * @param isZero whether the weight at a position is zero: kernel after kernel from 0 on, each
   *     {@code [in x out]} row-major
   */
  public static LiveUnits of(int[] widths, IntPredicate isZero) {
    int layers = widths.length - 1;
    int at = kernels(widths);
    int[][] kept = new int[layers + 1][];
    kept[layers] = IntStream.range(0, widths[layers]).toArray();
    int firstLive = 0;
    boolean readsInputs = false;
    for (int i = layers - 1; i >= 0; i--) {
      int[] units = kept[i + 1];
      int out = widths[i + 1];
      at -= widths[i] * out;
      int kernel = at;
      int[] found =
          IntStream.range(0, widths[i])
              .filter(k -> hasWeight(isZero, kernel + k * out, units))
              .toArray();
      readsInputs = found.length > 0;
      firstLive = found.length == 0 ? Math.max(firstLive, i + 1) : firstLive;
      // A layer has at least one input: without any weight, any will do.
      kept[i] = found.length == 0 ? new int[] {0} : found;
    }
    return new LiveUnits(widths, kept, firstLive, readsInputs);
  }

  private static boolean hasWeight(IntPredicate isZero, int row, int[] units) {
    for (int unit : units) {
      if (!isZero.test(row + unit)) {
        return true;
      }
    }
    return false;
  }

  /** Whether unit {@code unit} of layer {@code i} can change an output; the head's always do. */
  public boolean isLive(int i, int unit) {
    return i + 1 >= firstLive && Arrays.binarySearch(kept[i + 1], unit) >= 0;
  }

  /** Whether any of {@link #inputs} of the first layer has a weight to one of its units. */
  public boolean readsInputs() {
    return readsInputs;
  }

  /** The live inputs of layer {@code i}, features or units of the layer before; if none, one. */
  public int[] inputs(int i) {
    return kept[i];
  }

  /** The live units of layer {@code i}; if none, one. */
  public int[] units(int i) {
    return kept[i + 1];
  }

  /**
   * Where the parameters of the network of what is live are among those of the whole, both {@code
   * [kernel 0 | kernel 1 | ... | bias 0 | bias 1 | ...]}.
   *
   * @param inputs the inputs that stay, ascending
   */
  public int[] positions(int[] inputs) {
    IntStream.Builder kernels = IntStream.builder();
    IntStream.Builder biases = IntStream.builder();
    int kernel = 0;
    int bias = kernels(widths);
    for (int i = 0; i + 1 < widths.length; i++) {
      for (int row : i == 0 ? inputs : inputs(i)) {
        for (int unit : units(i)) {
          kernels.add(kernel + row * widths[i + 1] + unit);
        }
      }
      for (int unit : units(i)) {
        biases.add(bias + unit);
      }
      kernel += widths[i] * widths[i + 1];
      bias += widths[i + 1];
    }
    return IntStream.concat(kernels.build(), biases.build()).toArray();
  }

  private static int kernels(int[] widths) {
    return IntStream.range(1, widths.length).map(i -> widths[i - 1] * widths[i]).sum();
  }
}
