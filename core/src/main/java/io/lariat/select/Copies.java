package io.lariat.select;

import io.lariat.numeric.Vectors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Groups that say the same as another one: numbers that are equal up to their unit, zero point,
 * direction and rounding, categories that divide the rows in the same way. Nothing could tell which
 * of them matters, so one is looked at and stands in for the others.
 *
 * <p>Two groups are copies if their features span the same space, up to a share of {@link
 * Subspace#LEAST_SHARE} of their variance. Candidates are found by the lengths of a few random
 * vectors' projections on each group, which are the same for copies, so that not all pairs need be
 * compared.
 */
final class Copies {
  /** Not copied from any. */
  static final int NONE = -1;

  private static final long SEED = 1;
  private static final int SIGNATURES = 3;

  /** Projections of a vector of length 1 on copies differ by no more than that. */
  private static final double WINDOW = Math.sqrt(Subspace.LEAST_SHARE);

  private final SelectionData data;

  /** {@code [group][signature]}: the length of a random vector's projection on the group. */
  private final double[][] signatures;

  private Copies(SelectionData data) {
    this.data = data;
    signatures = new double[data.groups()][SIGNATURES];
    RandomGenerator random = new SplittableRandom(SEED);
    for (int k = 0; k < SIGNATURES; k++) {
      double[] r = new double[data.rows()];
      Arrays.setAll(r, i -> random.nextGaussian());
      double scale = 1 / Math.sqrt(Vectors.dot(r, r));
      for (int g = 0; g < signatures.length; g++) {
        signatures[g][k] = scale * projection(g, r);
      }
    }
  }

  /** The length of the projection of {@code r} on the group's features. */
  private double projection(int g, double[] r) {
    double square = 0;
    for (int j = data.start[g]; j < data.start[g + 1]; j++) {
      double along = Vectors.dot(data.x[j], r);
      square += along * along * data.outside(g, j);
    }
    return Math.sqrt(square / data.rows());
  }

  /**
   * For each group the one that it is a copy of, or {@link #NONE}: of copies the first column in
   * the table is looked at, a kept one before others; kept ones are never taken for copies.
   */
  static int[] of(SelectionData data) {
    return new Copies(data).find();
  }

  private int[] find() {
    int[] copyOf = new int[data.groups()];
    Arrays.fill(copyOf, NONE);
    int[] byLength =
        IntStream.range(0, copyOf.length)
            .filter(g -> data.kept[g] || data.isSelectable(g))
            .boxed()
            .sorted(Comparator.comparingDouble(g -> signatures[g][0]))
            .mapToInt(g -> g)
            .toArray();
    Comparator<Integer> preferred =
        Comparator.comparing((Integer g) -> !data.kept[g]).thenComparingInt(g -> data.column[g]);
    for (int a = 0; a < byLength.length; a++) {
      for (int b = a - 1; b >= 0 && near(byLength[a], byLength[b], 0); b--) {
        int g = root(copyOf, byLength[a]);
        int h = root(copyOf, byLength[b]);
        if (g != h && isCopy(byLength[a], byLength[b])) {
          int first = preferred.compare(g, h) < 0 ? g : h;
          copyOf[g + h - first] = first;
        }
      }
    }
    for (int g = 0; g < copyOf.length; g++) {
      int first = root(copyOf, g);
      copyOf[g] = first == g || data.kept[g] ? NONE : first;
    }
    return copyOf;
  }

  private static int root(int[] copyOf, int g) {
    int at = g;
    while (copyOf[at] != NONE) {
      int up = copyOf[at];
      copyOf[at] = copyOf[up] == NONE ? up : copyOf[up]; // the way is shorter next time
      at = up;
    }
    return at;
  }

  private boolean near(int g, int h, int k) {
    return Math.abs(signatures[g][k] - signatures[h][k]) <= WINDOW;
  }

  private boolean isCopy(int g, int h) {
    for (int k = 1; k < SIGNATURES; k++) {
      if (!near(g, h, k)) {
        return false;
      }
    }
    Subspace one = Subspace.ofConstant(data.rows());
    one.add(features(g));
    Subspace other = Subspace.ofConstant(data.rows());
    other.add(features(h));
    return one.dimension() == other.dimension() && one.beyond(features(h)).isEmpty();
  }

  private double[][] features(int g) {
    return Arrays.copyOfRange(data.x, data.start[g], data.start[g + 1]);
  }
}
