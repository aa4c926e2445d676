package io.lariat.select;

/**
 * A network on some of the groups of a data set, with its parameters: what is left of a path at one
 * of its steps.
 */
final class SupportNetwork {
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

  /** The network on {@code groups}, all parameters zero. */
  static SupportNetwork of(SelectionData data, int[] groups, int units) {
    int inputs = 0;
    for (int g : groups) {
      inputs += data.width(g);
    }
    double[][] columns = new double[inputs][];
    int[] group = new int[inputs];
    int at = 0;
    for (int a = 0; a < groups.length; a++) {
      for (int j = data.start[groups[a]]; j < data.start[groups[a] + 1]; j++) {
        columns[at] = data.x[j];
        group[at++] = a;
      }
    }
    GroupNetwork network = new GroupNetwork(data.task(), columns, data.y, units, data.outputs());
    return new SupportNetwork(data, groups, network, group);
  }

  /** The same network without the groups at positions whose {@code stays} is false. */
  SupportNetwork without(boolean[] stays) {
    int size = 0;
    for (boolean s : stays) {
      size += s ? 1 : 0;
    }
    int[] left = new int[size];
    int at = 0;
    for (int a = 0; a < stays.length; a++) {
      if (stays[a]) {
        left[at++] = groups[a];
      }
    }
    SupportNetwork smaller = of(data, left, network.units);
    int fan = network.fan();
    int to = 0;
    for (int j = 0; j < network.inputs; j++) {
      if (stays[group[j]]) {
        System.arraycopy(w, j * fan, smaller.w, to, fan);
        to += fan;
      }
    }
    System.arraycopy(w, network.head(), smaller.w, to, w.length - network.head());
    return smaller;
  }

  /** The norm of each group's weights. */
  double[] norms() {
    return InputPenalty.norms(network, group, groups.length, w);
  }
}
