package io.lariat.select;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Of the groups that a search found, those that chance does not explain: with many parameters a
 * network fits any target, and at the end of its path the penalties are flat, so being there at
 * lambda is no evidence.
 *
 * <p>It goes forward from the kept groups: the network is fitted on the confirmed groups alone, and
 * of the others those are confirmed that go with its residuals by themselves ({@link FirstOrder}),
 * else by squares and products ({@link SecondOrder}); then the network is fitted again. What is
 * left at the end must predict rows that were not used ({@link HeldOut}). The level is divided
 * among the three ways. If the columns that do not matter are independent of the others and of the
 * target, one of them is confirmed with a probability of at most the level, whatever the search
 * does: each round tests what is left against what all of it would do by chance (the sequential
 * rejection principle: Goeman and Solari 2010).
 */
final class Confirmation {
  /** How the level is divided among the ways. */
  private static final double ALONE_SHARE = 0.6;

  private static final double BENT_SHARE = 0.3;
  private static final double HELD_OUT_SHARE = 0.1;

  private final SupportSearch search;
  private final SelectionData data;
  private final SupportNetwork found;
  private final double level;
  private final long seed;
  private final FirstOrder first;
  private final NavigableMap<Integer, Evidence> confirmed = new TreeMap<>();

  /**
   * Prepares it.
   *
   * @param search where it was found
   * @param found the network at lambda
   */
  Confirmation(SupportSearch search, SupportNetwork found, double level, long seed) {
    this.search = search;
    this.data = found.data;
    this.found = found;
    this.level = level;
    this.seed = seed;
    first = new FirstOrder(data);
    for (int g : found.groups) {
      if (data.kept[g]) {
        confirmed.put(g, Evidence.KEPT);
      }
    }
  }

  /** What tells each group from chance, once it has run. */
  Evidence[] evidence() {
    Evidence[] evidence = new Evidence[data.groups()];
    Arrays.setAll(evidence, g -> data.copyOf[g] == Copies.NONE ? Evidence.NONE : Evidence.COPY);
    for (int g : found.groups) {
      evidence[g] = confirmed.getOrDefault(g, Evidence.CHANCE);
    }
    return evidence;
  }

  /** The network on the confirmed groups. */
  SupportNetwork run() {
    if (open().isEmpty()) {
      return found;
    }
    SupportNetwork fitted = calibrated();
    boolean heldOut = false;
    for (int round = 1; !open().isEmpty(); round++) {
      double[][] residuals = search.left(fitted);
      double[][] scored = first.scored(residuals);
      Subspace explained = Subspace.ofConstant(data.rows());
      confirmed.keySet().forEach(g -> explained.add(first.columns(g)));
      boolean more = goAlone(explained, scored) || isBent(explained, residuals, round);
      if (!more && !heldOut && !isLinear()) {
        more = predictHeldOut();
        heldOut = true;
      }
      if (!more) {
        break;
      }
      fitted = search.fitted(found, groups(confirmed.navigableKeySet()));
    }
    return open().isEmpty() ? found : fitted;
  }

  /** The network on the kept groups, when it is known how far chance goes beside it. */
  private SupportNetwork calibrated() {
    SupportNetwork fitted = search.fitted(found, groups(confirmed.navigableKeySet()));
    first.calibrate(
        first.scored(search.left(fitted)), isLinear() ? level : ALONE_SHARE * level, seed);
    return fitted;
  }

  /**
   * The share of what the kept groups leave of the target that a number must explain by itself to
   * be told from chance.
   */
  double leastShare() {
    if (!first.isCalibrated()) { // nothing was found, so nothing is confirmed but what is kept
      var _ = calibrated();
    }
    return first.leastShare();
  }

  /** A linear model sees nothing but what goes with the target by itself. */
  private boolean isLinear() {
    return found.network.units == 0;
  }

  private static int[] groups(NavigableSet<Integer> some) {
    return some.stream().mapToInt(g -> g).toArray();
  }

  /** What was found and is not confirmed. */
  private NavigableSet<Integer> open() {
    NavigableSet<Integer> open = new TreeSet<>();
    Arrays.stream(found.groups).filter(g -> !confirmed.containsKey(g)).forEach(open::add);
    return open;
  }

  private boolean confirm(Evidence way, NavigableSet<Integer> groups) {
    groups.forEach(g -> confirmed.put(g, way));
    return !groups.isEmpty();
  }

  /**
   * Those that go with the residuals by themselves, the strongest first, each added to what
   * explains before the next is looked at; what is then determined by those stays where the search
   * left it, since nothing could tell it from them.
   */
  private boolean goAlone(Subspace explained, double[][] scored) {
    record Strength(int group, double evidence) {}
    List<Strength> strongest =
        open().stream()
            .map(g -> new Strength(g, first.evidence(first.columns(g), explained, scored)))
            .sorted(Comparator.comparingDouble(s -> -s.evidence))
            .toList();
    boolean more = false;
    for (Strength strength : strongest) {
      int g = strength.group;
      if (first.isBeyondChance(first.evidence(first.columns(g), explained, scored))) {
        explained.add(first.columns(g));
        confirmed.put(g, Evidence.ALONE);
        more = true;
      }
    }
    for (int g : open()) {
      if (!confirmed.isEmpty() && explained.beyond(first.columns(g)).isEmpty()) {
        confirmed.put(g, Evidence.COMBINATION);
        more = true;
      }
    }
    return more;
  }

  /** Those that do by a square; if there are none, by a product with one that explains, or both. */
  private boolean isBent(Subspace explained, double[][] residuals, int round) {
    if (isLinear()) {
      return false;
    }
    SecondOrder second = new SecondOrder(data, first, residuals, BENT_SHARE * level, seed + round);
    NavigableSet<Integer> open = open();
    NavigableSet<Integer> bent = new TreeSet<>();
    open.stream().filter(g -> second.bends(g, explained)).forEach(bent::add);
    if (bent.isEmpty()) {
      open.stream()
          .filter(g -> confirmed.keySet().stream().anyMatch(h -> second.goesWith(g, h, explained)))
          .forEach(bent::add);
    }
    if (bent.isEmpty()) {
      for (int g : open) {
        for (int h : open.headSet(g)) {
          if (second.goTogether(g, h, explained)) {
            bent.add(g);
            bent.add(h);
          }
        }
      }
    }
    return confirm(Evidence.BENT, bent);
  }

  private boolean predictHeldOut() {
    HeldOut check = new HeldOut(search, data, HELD_OUT_SHARE * level, seed);
    return confirm(Evidence.HELD_OUT, check.of(open()));
  }
}
