package io.lariat.select;

import io.lariat.numeric.Lbfgs;
import io.lariat.numeric.Vectors;
import io.lariat.train.Cancellation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Selects groups on one set of rows: a path from dense to sparse that ends at the quantile
 * universal threshold.
 *
 * <p>It starts from hidden units along {@link Directions} and random ones, with a convex group
 * penalty at a small part of lambda; then the penalty is logarithmic and lambda climbs with warm
 * starts; at the end, of a regression, it is flat for large groups, so that what is sure to matter
 * does not make room for nothing by its shrinkage. Early on the path, directions in what is left to
 * explain are looked for among all features, and units started from them, until there is no new
 * one. The penalties bend at tau, lambda over the loss's curvature: there one feature with a linear
 * effect has one optimum, and is in or out as the threshold says.
 */
final class SupportSearch {
  /** The path's lambdas as shares of the threshold. */
  private static final double[] SHARES = {0.15, 0.3, 0.45, 0.6, 0.8, 1};

  /** After this step what is left to explain is looked at. */
  private static final int CHECKED_STEP = 1;

  private static final int MOST_CHECKS = 4;

  /** From this step on a regression's penalty is flat for large groups. */
  private static final int FIRST_FLAT_STEP = 4;

  /**
   * Where it is flat: weights by which a column alone would more than give the target its whole
   * deviation. Those of noise are large too, where a network overfits, but not that large.
   */
  private static final double FLAT_FROM = 1.5;

  /** How much less than by chance an entry of a direction may be: at the start, and later. */
  private static final double FIRST_SLACK = 0.9;

  private static final double SLACK = 0.5;

  private static final int MOST_EVALUATIONS = 80;
  private static final double TOLERANCE = 1e-4;
  private static final double MOST_SOFTNESS = 0.01;
  private static final double RIDGE = 1e-4;

  /** Of rows where no column that could be selected varies. */
  private static final double LEAST_LAMBDA = 1e-6;

  /** More features than this are screened for the start. */
  private static final int MOST_STARTING = 1000;

  private static final int MOST_STEPS_BEYOND = 16;
  private static final double FACTOR_BEYOND = 1.4;

  private final SelectionData data;
  private final int units;
  private final double level;
  private final long seed;
  private final Cancellation cancellation;
  private final double tau;
  private final double softness;

  /** The steps so far. */
  final List<PathStep> path = new ArrayList<>();

  /** The lambda at which each group left the path; 0 if it was never on it. */
  final double[] leavesAt;

  /** The quantile universal threshold. */
  final double lambda;

  SupportSearch(SelectionData data, int units, double level, long seed, Cancellation cancellation) {
    this.data = data;
    this.units = units;
    this.level = level;
    this.seed = seed;
    this.cancellation = cancellation;
    leavesAt = new double[data.groups()];
    lambda = Math.max(LEAST_LAMBDA, NullThreshold.of(data, units == 0, level, seed));
    tau = lambda / curvature();
    softness = Math.min(MOST_SOFTNESS, tau / 15);
  }

  /** The second derivative of the loss by an output, of the empty network. */
  private double curvature() {
    if (data.task().isNumber()) {
      return 1;
    }
    double[] share = new double[Math.max(2, data.outputs())];
    for (double label : data.y) {
      share[(int) label] += 1.0 / data.rows();
    }
    return Arrays.stream(share).map(s -> s * (1 - s)).average().orElseThrow();
  }

  /** The same search on other rows. */
  SupportSearch on(SelectionData rows) {
    return new SupportSearch(rows, units, level, seed, cancellation);
  }

  /** Follows the path to the threshold. */
  SupportNetwork run() {
    @Nullable Directions directions = units == 0 ? null : Directions.of(data);
    SupportNetwork support = start(directions);
    int checks = 0;
    for (int step = 0; step < SHARES.length; step++) {
      double at = SHARES[step] * lambda;
      support = step(support, at, shape(step));
      if (directions != null && step == CHECKED_STEP && checks < MOST_CHECKS) {
        SupportNetwork extended = extended(support, directions);
        if (extended != support) {
          support = extended;
          path.removeLast();
          checks++;
          step--;
        }
      }
    }
    return support;
  }

  private PenaltyShape shape(int step) {
    if (step == 0) {
      return PenaltyShape.LINEAR;
    }
    return step < FIRST_FLAT_STEP || !data.task().isNumber()
        ? PenaltyShape.logarithmic(tau)
        : PenaltyShape.minimaxConcave(FLAT_FROM);
  }

  /** Goes on beyond the threshold until nothing is left, only to see when each group leaves. */
  void goOn(SupportNetwork selected) {
    SupportNetwork support = selected.on(selected.groups);
    double at = lambda;
    for (int step = 0; step < MOST_STEPS_BEYOND && isPenalized(support); step++) {
      at *= FACTOR_BEYOND;
      support = step(support, at, PenaltyShape.logarithmic(tau));
    }
    for (int g : support.groups) {
      leavesAt[g] = Double.POSITIVE_INFINITY;
    }
  }

  private static boolean isPenalized(SupportNetwork support) {
    return Arrays.stream(support.factor).anyMatch(f -> f > 0);
  }

  /** The network {@code from} on some groups alone, as the path's last step fits it. */
  SupportNetwork fitted(SupportNetwork from, int[] groups) {
    SupportNetwork fitted = from.on(groups);
    minimize(fitted, lambda, shape(SHARES.length - 1));
    return fitted;
  }

  /** Fits what is selected without the selecting penalty. */
  void refit(SupportNetwork support) {
    minimize(support, 0, PenaltyShape.LINEAR);
  }

  private SupportNetwork step(SupportNetwork support, double at, PenaltyShape shape) {
    minimize(support, at, shape);
    double[] norms = support.norms();
    int[] left =
        IntStream.range(0, norms.length)
            .filter(a -> norms[a] > 5 * softness || data.kept[support.groups[a]])
            .map(a -> support.groups[a])
            .toArray();
    double[] byColumn = new double[data.groups()];
    for (int a = 0; a < norms.length; a++) {
      int g = support.groups[a];
      boolean stays = Arrays.binarySearch(left, g) >= 0;
      byColumn[data.column[g]] = stays ? norms[a] : 0;
      leavesAt[g] = at;
    }
    path.add(new PathStep(at, byColumn));
    return support.on(left);
  }

  private void minimize(SupportNetwork support, double at, PenaltyShape shape) {
    InputPenalty penalized =
        new InputPenalty(
            support.network, support.group, support.factor, at, shape, softness, RIDGE);
    Lbfgs.Function cancelable =
        (w, gradient) -> {
          if (cancellation.isCancelled()) {
            throw new CancellationException("the selection was cancelled");
          }
          return penalized.valueAndGradient(w, gradient);
        };
    new Lbfgs(cancelable).minimize(support.w, MOST_EVALUATIONS, TOLERANCE);
  }

  private SupportNetwork start(@Nullable Directions directions) {
    SupportNetwork empty = SupportNetwork.of(data, new int[0], units);
    if (directions == null) {
      return empty.on(starting(empty, List.of()));
    }
    int most = units - Math.min(6, units / 3);
    List<Direction> found = directions.of(left(empty), most, FIRST_SLACK);
    SupportNetwork start = empty.on(starting(empty, found));
    start.randomize(new SplittableRandom(seed));
    start.place(found, 1);
    return start;
  }

  /** What is left to explain, on the scale of a Newton step. */
  double[][] left(SupportNetwork support) {
    double[][] residuals = support.network.residuals(support.w);
    for (double[] r : residuals) {
      Vectors.scale(1 / curvature(), r);
    }
    return residuals;
  }

  /** All groups, or if there are too many those in a direction and those of largest gradient. */
  private int[] starting(SupportNetwork empty, List<Direction> found) {
    IntStream all =
        IntStream.range(0, data.groups()).filter(g -> data.kept[g] || data.isSelectable(g));
    if (data.x.length <= MOST_STARTING) {
      return all.toArray();
    }
    NavigableSet<Integer> groups = groupsOf(found);
    double[][] residuals = empty.network.residuals(empty.w);
    double[] size = new double[data.groups()];
    for (int g = 0; g < size.length; g++) {
      for (int j = data.start[g]; j < data.start[g + 1]; j++) {
        for (double[] r : residuals) {
          size[g] = Math.max(size[g], Math.abs(Vectors.dot(data.x[j], r)));
        }
      }
      size[g] = data.kept[g] ? Double.POSITIVE_INFINITY : size[g];
    }
    all.boxed()
        .sorted(Comparator.comparingDouble(g -> -size[g]))
        .limit(MOST_STARTING)
        .forEach(groups::add);
    return groups.stream().mapToInt(g -> g).toArray();
  }

  private NavigableSet<Integer> groupsOf(List<Direction> directions) {
    NavigableSet<Integer> groups = new TreeSet<>();
    for (Direction direction : directions) {
      for (int j : direction.features()) {
        groups.add(data.groupOf(j));
      }
    }
    return groups;
  }

  /** The support with units in new directions, or itself if there are none. */
  private SupportNetwork extended(SupportNetwork support, Directions directions) {
    int most = Math.max(2, 3 * units / 5);
    List<Direction> found = directions.of(left(support), most, SLACK);
    NavigableSet<Integer> groups = groupsOf(found);
    for (int g : support.groups) {
      groups.add(g);
    }
    if (groups.size() == support.groups.length) {
      return support;
    }
    SupportNetwork extended = support.on(groups.stream().mapToInt(g -> g).toArray());
    extended.place(found, 0.5);
    return extended;
  }
}
