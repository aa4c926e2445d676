package io.lariat.select;

import io.lariat.data.Folds;
import io.lariat.numeric.Permutation;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Which groups a search on one half of the rows finds that predict on the other half: whose values,
 * permuted there among the rows, make its loss larger all but always. Whatever a network may see is
 * tested so, at the price of searching with half the rows; the probabilities are exact if a group
 * has nothing to do with the target and the others.
 */
final class HeldOut {
  private final SupportSearch search;
  private final SelectionData data;
  private final double level;
  private final long seed;

  HeldOut(SupportSearch search, SelectionData data, double level, long seed) {
    this.search = search;
    this.data = data;
    this.level = level;
    this.seed = seed;
  }

  /** Those of {@code asked} that do, by either half. */
  NavigableSet<Integer> of(NavigableSet<Integer> asked) {
    NavigableSet<Integer> found = new TreeSet<>();
    if (data.rows() < 2 * SelectionData.LEAST_ROWS) {
      return found;
    }
    Folds halves = Folds.of(data.source, 2, seed);
    for (int half = 0; half < 2; half++) {
      found.addAll(predicting(asked, halves.training(half), halves.validation(half)));
    }
    return found;
  }

  private NavigableSet<Integer> predicting(NavigableSet<Integer> asked, int[] by, int[] others) {
    NavigableSet<Integer> found = new TreeSet<>();
    SelectionData searched = data.on(by, by);
    if (!searched.hasTwoTargets()) {
      return found;
    }
    SupportNetwork network = search.on(searched).run();
    int tests = (int) Arrays.stream(network.groups).filter(g -> !data.kept[g]).count();
    if (Arrays.stream(network.groups).noneMatch(asked::contains)) {
      return found;
    }
    SupportNetwork there =
        SupportNetwork.of(data.on(by, others), network.groups, network.network.units);
    System.arraycopy(network.w, 0, there.w, 0, network.w.length);
    RandomGenerator random = new SplittableRandom(seed);
    for (int a = 0; a < network.groups.length; a++) {
      if (asked.contains(network.groups[a]) && predicts(there, a, level / 2 / tests, random)) {
        found.add(network.groups[a]);
      }
    }
    return found;
  }

  /** Whether the least draws for the level all lose more than the values in their places. */
  private boolean predicts(SupportNetwork network, int a, double atLevel, RandomGenerator random) {
    double[] losses = new double[network.data.rows()];
    network.network.rowLosses(network.w, losses);
    double loss = Arrays.stream(losses).sum();
    int[] order = new int[losses.length];
    Arrays.setAll(order, i -> i);
    for (int draw = 1; draw < 1 / atLevel; draw++) {
      Permutation.shuffle(order, random);
      Importance.permuted(network, a, order).rowLosses(network.w, losses);
      if (Arrays.stream(losses).sum() <= loss) {
        return false;
      }
    }
    return true;
  }
}
