package io.lariat.report;

import io.lariat.model.Weights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The first kernel {@code [inputs x units]}, its inputs and units in descending {@code sum |w|}.
 */
final class FirstKernel {
  private final float[] kernel;
  private final int units;
  private final double[] inputNorms;
  private final double[] unitNorms;
  private final int[] nonzero;
  private final List<Integer> used = new ArrayList<>();
  private final List<Integer> unitOrder;

  FirstKernel(Weights weights) {
    kernel = weights.kernel(0);
    units = weights.layout().out(0);
    int inputs = weights.layout().in(0);
    inputNorms = new double[inputs];
    unitNorms = new double[units];
    nonzero = new int[inputs];
    for (int j = 0; j < inputs; j++) {
      for (int u = 0; u < units; u++) {
        float w = weight(j, u);
        inputNorms[j] += Math.abs(w);
        unitNorms[u] += Math.abs(w);
        nonzero[j] += w == 0 ? 0 : 1;
      }
      if (nonzero[j] > 0) {
        used.add(j);
      }
    }
    used.sort(Comparator.comparingDouble((Integer j) -> -inputNorms[j]));
    unitOrder =
        IntStream.range(0, units)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer u) -> -unitNorms[u]))
            .toList();
  }

  /** The number of inputs. */
  int inputs() {
    return inputNorms.length;
  }

  /** The number of units. */
  int units() {
    return units;
  }

  /** The weight from input {@code j} to unit {@code u}. */
  float weight(int j, int u) {
    return kernel[j * units + u];
  }

  /** {@code sum |w|} over the row of input {@code j}. */
  double norm(int j) {
    return inputNorms[j];
  }

  /** How many weights of input {@code j} are not zero. */
  int nonzero(int j) {
    return nonzero[j];
  }

  /** The inputs with a weight that is not zero, the largest norm first. */
  List<Integer> used() {
    return used;
  }

  /** The first {@code most} inputs whose weights are all zero, in their own order. */
  List<Integer> unused(int most) {
    return IntStream.range(0, inputs()).filter(j -> nonzero[j] == 0).limit(most).boxed().toList();
  }

  /** The units, the largest norm first. */
  List<Integer> unitOrder() {
    return unitOrder;
  }

  /** How many units have a weight that is not zero. */
  int unitsUsed() {
    return (int) IntStream.range(0, units).filter(u -> unitNorms[u] > 0).count();
  }
}
