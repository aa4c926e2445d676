package io.lariat.select;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A network on some of the groups of a data set, with its parameters. */
final class SupportNetwork {
  /** The size of random weights for one input. */
  private static final double RANDOM_SIZE = 0.5;

  final SelectionData data;

  /** The groups, ascending. */
  final int[] groups;

  final GroupNetwork network;

  /** For each input its group's position in {@link #groups}. */
  final int[] group;

  /** For each group what lambda is multiplied by: the root of its size; 0 for a kept one. */
  final double[] factor;

  final double[] w;

  private SupportNetwork(SelectionData data, int[] groups, GroupNetwork network, int[] group) {
    this.data = data;
    this.groups = groups;
    this.network = network;
    this.group = group;
    this.w = new double[network.size()];
    factor = new double[groups.length];
    for (int a = 0; a < groups.length; a++) {
      factor[a] = data.kept[groups[a]] ? 0 : Math.sqrt(data.width(groups[a]));
    }
  }

  /** The network on {@code groups}, ascending, all parameters zero. */
  static SupportNetwork of(SelectionData data, int[] groups, int units) {
    int inputs = Arrays.stream(groups).map(data::width).sum();
    double[][] columns = new double[inputs][];
    int[] group = new int[inputs];
    int at = 0;
    for (int a = 0; a < groups.length; a++) {
      for (int j = data.start[groups[a]]; j < data.start[groups[a] + 1]; j++) {
        columns[at] = data.x[j];
        group[at++] = a;
      }
    }
    GroupNetwork network =
        new GroupNetwork(data.head().loss(), columns, data.y, units, data.outputs());
    return new SupportNetwork(data, groups, network, group);
  }

  /** The same network on other groups, ascending; those that are new have weights of zero. */
  SupportNetwork on(int[] others) {
    SupportNetwork changed = of(data, others, network.units);
    int fan = network.fan();
    int to = 0;
    for (int g : others) {
      int a = Arrays.binarySearch(groups, g);
      if (a >= 0) {
        System.arraycopy(w, firstInput(a) * fan, changed.w, to * fan, data.width(g) * fan);
      }
      to += data.width(g);
    }
    System.arraycopy(
        w, network.head(), changed.w, changed.network.head(), w.length - network.head());
    return changed;
  }

  /** The first input of the group at position {@code a}. */
  int firstInput(int a) {
    int input = 0;
    for (int b = 0; b < a; b++) {
      input += data.width(groups[b]);
    }
    return input;
  }

  /** The norm of each group's weights. */
  double[] norms() {
    return InputPenalty.norms(network, group, groups.length, w);
  }

  /** Draws the weights of all hidden units. */
  void randomize(RandomGenerator random) {
    double size = RANDOM_SIZE / Math.sqrt(Math.max(1, network.inputs));
    for (int i = 0; i < network.head(); i++) {
      w[i] = size * random.nextGaussian();
    }
    for (int i = network.head(); i < network.bias(); i++) {
      w[i] = i % 2 == 0 ? 1 : -1;
    }
  }

  /**
   * Lets hidden units start from {@code directions}, times {@code size}: those that contribute
   * least now. Features of the directions must be among the inputs.
   */
  void place(List<Direction> directions, double size) {
    int units = network.units;
    int outputs = network.outputs;
    double[] contribution = new double[units];
    double largest = 0;
    for (int u = 0; u < units; u++) {
      double out = 0;
      for (int k = 0; k < outputs; k++) {
        out = Math.max(out, Math.abs(w[network.head() + u * outputs + k]));
      }
      double square = 0;
      for (int j = 0; j < network.inputs; j++) {
        square += w[j * units + u] * w[j * units + u];
      }
      contribution[u] = out * Math.sqrt(square);
      largest = Math.max(largest, out);
    }
    int[] weakest =
        IntStream.range(0, units)
            .boxed()
            .sorted(Comparator.comparingDouble(u -> contribution[u]))
            .mapToInt(u -> u)
            .toArray();
    for (int d = 0; d < Math.min(units, directions.size()); d++) {
      place(directions.get(d), weakest[d], size, largest);
    }
  }

  private void place(Direction direction, int u, double size, double out) {
    for (int j = 0; j < network.inputs; j++) {
      w[j * network.units + u] = 0;
    }
    for (int i = 0; i < direction.features().length; i++) {
      int j = direction.features()[i];
      int g = data.groupOf(j);
      int input = firstInput(Arrays.binarySearch(groups, g)) + j - data.start[g];
      w[input * network.units + u] = size * direction.weights()[i];
    }
    w[network.bias() + u] = 0;
    for (int k = 0; k < network.outputs; k++) {
      w[network.head() + u * network.outputs + k] =
          k == direction.output() ? direction.sign() * out : 0;
    }
  }
}
