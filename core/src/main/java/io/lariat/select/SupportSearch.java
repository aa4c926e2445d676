package io.lariat.select;

import io.lariat.train.Cancellation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Selects groups on one set of rows: the path from dense to sparse, and the refit of what is left.
 */
final class SupportSearch {
  private static final int DRAWS = 1000;
  private static final int STEPS = 5;
  private static final double SOFTNESS = 0.01;
  private static final double RIDGE = 1e-4;

  private final SelectionData data;
  private final int units;
  private final double level;
  private final long seed;
  private final Cancellation cancellation;
  final List<PathStep> path = new ArrayList<>();
  final double[] leavesAt;
  double lambda;

  SupportSearch(SelectionData data, int units, double level, long seed, Cancellation cancellation) {
    this.data = data;
    this.units = units;
    this.level = level;
    this.seed = seed;
    this.cancellation = cancellation;
    leavesAt = new double[data.groups()];
  }

  /** Follows the path and refits what is left. */
  SupportNetwork run() {
    lambda = NullThreshold.of(data, level, DRAWS, seed);
    SupportNetwork support = start();
    for (int step = STEPS - 1; step >= 0; step--) {
      if (cancellation.isCancelled()) {
        throw new CancellationException("the selection was cancelled");
      }
      double at = lambda / (1 << step);
      double tau = step == STEPS - 1 ? Double.POSITIVE_INFINITY : 0.3;
      minimize(support, at, tau, 200);
      support = prune(support, at);
      double[] norms = new double[data.groups()];
      double[] left = support.norms();
      for (int a = 0; a < left.length; a++) {
        norms[support.groups[a]] = left[a];
      }
      path.add(new PathStep(at, norms));
    }
    Arrays.setAll(
        leavesAt, g -> contains(path.getLast(), g) ? Double.POSITIVE_INFINITY : leavesAt[g]);
    minimize(support, 0, Double.POSITIVE_INFINITY, 200);
    return support;
  }

  private static boolean contains(PathStep step, int g) {
    return step.norms()[g] > 0;
  }

  private void minimize(SupportNetwork support, double at, double tau, int most) {
    new Lbfgs(
            new InputPenalty(
                support.network, support.group, support.factor, at, tau, SOFTNESS, RIDGE))
        .minimize(support.w, most, 1e-6);
  }

  private SupportNetwork start() {
    SupportNetwork start =
        SupportNetwork.of(data, IntStream.range(0, data.groups()).toArray(), units);
    RandomGenerator random = new SplittableRandom(seed);
    GroupNetwork network = start.network;
    if (units > 0) {
      double size = 0.5 / Math.sqrt(network.inputs);
      for (int i = 0; i < network.head(); i++) {
        start.w[i] = size * random.nextGaussian();
      }
      for (int i = network.head(); i < network.bias(); i++) {
        start.w[i] = (i / network.outputs) % 2 == 0 ? 1 : -1;
      }
    }
    return start;
  }

  private SupportNetwork prune(SupportNetwork support, double at) {
    double[] norms = support.norms();
    boolean[] stays = new boolean[norms.length];
    for (int a = 0; a < norms.length; a++) {
      stays[a] = norms[a] > 0.1 || data.kept[support.groups[a]];
      if (!stays[a]) {
        leavesAt[support.groups[a]] = at;
      }
    }
    return support.without(stays);
  }
}
