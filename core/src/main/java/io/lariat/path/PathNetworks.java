package io.lariat.path;

import io.lariat.backend.Loss;
import io.lariat.backend.Penalty;
import io.lariat.data.Dataset;
import io.lariat.model.Head;
import io.lariat.model.Heads;
import io.lariat.model.InputGroup;
import io.lariat.model.Layer;
import io.lariat.model.Network;
import io.lariat.train.TrainingException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The network of a path at each lambda: every kernel is penalised, but for columns to keep. */
final class PathNetworks {
  private final Network plain;
  private final List<InputGroup> groups;
  private final double l2;
  private final boolean byColumn;

  private PathNetworks(Network plain, List<InputGroup> groups, double l2, boolean byColumn) {
    this.plain = plain;
    this.groups = groups;
    this.l2 = l2;
    this.byColumn = byColumn;
  }

  /**
   * Without a hidden layer.
   *
   * @throws io.lariat.data.DataException if a column to keep is unknown
   * @throws TrainingException if there is nothing to learn, or nothing is left to penalise
   */
  static PathNetworks linear(Dataset data, Head head, Set<String> kept, double l2) {
    Network plain =
        Network.of(data.features()).withHead(head, data.schema().target(), Penalty.NONE);
    PathNetworks networks = of(plain, data, kept, l2, false);
    if (!kept.isEmpty() && networks.groups.stream().allMatch(g -> g.factor() == 0)) {
      throw new TrainingException(
          data.source() + ": every column is kept, so there is nothing to penalise; keep fewer");
    }
    return networks;
  }

  /**
   * The layers of {@code plain}, whose own penalties and dropout are not looked at.
   *
   * @param byColumn whether the first kernel has the group penalty on each input column in the
   *     place of l1
   * @throws io.lariat.data.DataException if a column to keep is unknown
   * @throws TrainingException if there is nothing to learn
   */
  static PathNetworks of(
      Network plain, Dataset data, Set<String> kept, double l2, boolean byColumn) {
    requireTwoTargets(data);
    Head head = Heads.of(plain.loss());
    head.requireTargets(data);
    if (head.loss().hasKink()) {
      throw new TrainingException(
          data.source()
              + ": the loss of "
              + head
              + " "
              + Loss.KINK
              + ", so there is no path to follow; train a network by it, at one lambda");
    }
    List<InputGroup> groups =
        kept.isEmpty() && !byColumn ? List.of() : InputGroup.ofColumns(data.schema(), kept);
    return new PathNetworks(plain, groups, l2, byColumn);
  }

  private static void requireTwoTargets(Dataset data) {
    if (data.hasOneTarget(data.rows())) {
      throw new TrainingException(
          data.source() + ": all rows have the same target; there is nothing to learn");
    }
  }

  /** The network at {@code lambda}. */
  Network at(double lambda) {
    Penalty penalty = byColumn ? new Penalty(0, l2, lambda) : Penalty.elasticNet(lambda, l2);
    Network network = plain.emptied(plain.inputs());
    for (Layer layer : plain.layers()) {
      network = network.dense(layer.units(), layer.activation(), penalty);
      penalty = Penalty.elasticNet(lambda, l2);
    }
    return groups.isEmpty() ? network : network.inputGroups(groups);
  }

  /** What their outputs are for. */
  Head head() {
    return Heads.of(plain.loss());
  }

  /** What each feature's penalty is multiplied by. */
  double[] factors() {
    double[] factors = new double[plain.inputs()];
    Arrays.fill(factors, 1);
    int at = 0;
    for (InputGroup group : groups) {
      for (int i = 0; i < group.rows(); i++) {
        factors[at++] = group.factor();
      }
    }
    return factors;
  }
}
