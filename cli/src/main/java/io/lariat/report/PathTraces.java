package io.lariat.report;

import io.lariat.path.LambdaPath;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Each feature's line through a path: coefficients, or sizes of a network's weights. */
final class PathTraces {
  private final LambdaPath<?> path;
  private final List<String> names;
  private final int[][] order;
  private final double[][][] traces;

  /** {@code at} is the position whose largest features come first. */
  PathTraces(LambdaPath<?> path, int at) {
    this.path = path;
    names = path.data().schema().featureNames();
    traces = new double[path.points().size()][][];
    for (int i = 0; i < traces.length; i++) {
      traces[i] = path.points().get(i).solution().traces();
    }
    order = new int[traces[0].length][];
    for (int k = 0; k < order.length; k++) {
      int output = k;
      order[k] =
          IntStream.range(0, names.size())
              .filter(j -> largest(output, j) > 0)
              .boxed()
              .sorted(
                  Comparator.comparingDouble((Integer j) -> -Math.abs(traces[at][output][j]))
                      .thenComparingDouble(j -> -largest(output, j)))
              .mapToInt(Integer::intValue)
              .toArray();
    }
  }

  private double largest(int output, int feature) {
    double largest = 0;
    for (double[][] point : traces) {
      largest = Math.max(largest, Math.abs(point[output][feature]));
    }
    return largest;
  }

  /** How many sets of lines there are: one, or one a class. */
  int outputs() {
    return order.length;
  }

  /** The features with any line at all, the largest first. */
  int[] order(int output) {
    return order[output];
  }

  String name(int feature) {
    return names.get(feature);
  }

  /** The line from the largest lambda to the smallest. */
  double[] values(int output, int feature) {
    double[] values = new double[traces.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = traces[i][output][feature];
    }
    return values;
  }

  /** The value at position {@code i}. */
  double value(int i, int output, int feature) {
    return traces[i][output][feature];
  }

  /** Whether the model at position {@code i} uses the feature. */
  boolean uses(int i, int feature) {
    for (double[] output : traces[i]) {
      if (output[feature] != 0) {
        return true;
      }
    }
    return false;
  }

  /** The largest lambda whose model uses the feature; 0: none does. */
  double leavesAt(int feature) {
    for (int i = 0; i < traces.length; i++) {
      if (uses(i, feature)) {
        return path.points().get(i).solution().lambda();
      }
    }
    return 0;
  }

  /** The features that any model uses, the last to leave the path first. */
  List<Integer> byLeaving() {
    return IntStream.range(0, names.size())
        .filter(j -> leavesAt(j) > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> -leavesAt(j)))
        .toList();
  }
}
