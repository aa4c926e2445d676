package io.lariat.select;

import io.lariat.numeric.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which groups can stand in for each other, by the features alone: a partition in which every two
 * groups of a cluster share {@link #LEAST_SHARED} of their variance. Pairs are joined from the most
 * alike on, as far as that allows.
 *
 * <p>Above {@link #MOST_FEATURES} features not all pairs are compared: those of groups that were
 * selected somewhere, and of groups that can stand in for one of these.
 */
final class Clusters {
  /** An absolute correlation of 0.8. */
  static final double LEAST_SHARED = 0.64;

  private static final int MOST_FEATURES = 3000;

  /** Multiplications to spend on products of features; more rows than they allow are sampled. */
  private static final double WORK = 2e9;

  private static final int LEAST_ROWS = 200;

  private final SelectionData data;

  /** Of some of the rows each feature, centred and of length 1; 0 if it is constant there. */
  private final double[][] unit;

  private final boolean[] varies;

  /** For each feature what the square of its product is multiplied by. */
  private final double[] outside;

  /** For each group a group of its cluster, the same for all of these. */
  private final int[] cluster;

  private final double[] leastShared;

  private Clusters(SelectionData data, BitSet selected) {
    this.data = data;
    int features = data.x.length;
    double pairs = 0.5 * Math.min(features, MOST_FEATURES) * Math.min(features, MOST_FEATURES);
    int most = (int) Math.min(data.rows(), Math.max(LEAST_ROWS, WORK / pairs));
    unit = units(data, most);
    varies = new boolean[features];
    outside = new double[features];
    cluster = new int[data.groups()];
    leastShared = new double[data.groups()];
    for (int g = 0; g < cluster.length; g++) {
      cluster[g] = g;
      leastShared[g] = 1;
      for (int j = data.start[g]; j < data.start[g + 1]; j++) {
        outside[j] = data.outside(g, j);
        varies[j] = Arrays.stream(unit[j]).anyMatch(v -> v != 0);
      }
    }
    join(features <= MOST_FEATURES ? all() : near(selected));
    for (int g = 0; g < cluster.length; g++) {
      if (data.copyOf[g] != Copies.NONE) {
        cluster[g] = cluster[data.copyOf[g]];
      }
    }
  }

  /**
   * The clusters of {@code data}.
   *
   * @param selected the groups that are selected on all rows or on some of them
   */
  static Clusters of(SelectionData data, BitSet selected) {
    return new Clusters(data, selected);
  }

  private static double[][] units(SelectionData data, int most) {
    int[] rows =
        most == data.rows()
            ? IntStream.range(0, most).toArray()
            : new SplittableRandom(1).ints(0, data.rows()).distinct().limit(most).toArray();
    double[][] units = new double[data.x.length][];
    for (int j = 0; j < units.length; j++) {
      double[] x = data.x[j];
      double[] unit = Arrays.stream(rows).mapToDouble(i -> x[i]).toArray();
      double mean = Arrays.stream(unit).sum() / unit.length;
      Arrays.setAll(unit, i -> unit[i] - mean);
      double square = Vectors.dot(unit, unit);
      double scale = square > Subspace.LEAST_SHARE * unit.length ? 1 / Math.sqrt(square) : 0;
      Arrays.setAll(unit, i -> scale * unit[i]);
      units[j] = unit;
    }
    return units;
  }

  private int[] all() {
    return IntStream.range(0, cluster.length).filter(this::varies).toArray();
  }

  private boolean varies(int g) {
    return IntStream.range(data.start[g], data.start[g + 1]).anyMatch(j -> varies[j]);
  }

  private int[] near(BitSet selected) {
    int[] from = selected.stream().filter(this::varies).limit(MOST_FEATURES).toArray();
    return IntStream.range(0, cluster.length)
        .filter(this::varies)
        .filter(
            g -> selected.get(g) || Arrays.stream(from).anyMatch(h -> shared(g, h) >= LEAST_SHARED))
        .limit(MOST_FEATURES)
        .toArray();
  }

  /** The share of the variance of either group that the other one explains, the less of the two. */
  private double shared(int g, int h) {
    double[] ofFirst = new double[data.width(g)];
    double[] ofSecond = new double[data.width(h)];
    for (int a = 0; a < ofFirst.length; a++) {
      for (int b = 0; b < ofSecond.length; b++) {
        int i = data.start[g] + a;
        int j = data.start[h] + b;
        double r = Vectors.dot(unit[i], unit[j]);
        ofFirst[a] += r * r * outside[j];
        ofSecond[b] += r * r * outside[i];
      }
    }
    return Math.min(mean(g, ofFirst), mean(h, ofSecond));
  }

  /** The mean over the features of group {@code g} that vary. */
  private double mean(int g, double[] shares) {
    double sum = 0;
    int varying = 0;
    for (int a = 0; a < shares.length; a++) {
      sum += shares[a];
      varying += varies[data.start[g] + a] ? 1 : 0;
    }
    return sum / varying;
  }

  private record Pair(int g, int h, double shared) {}

  private void join(int[] groups) {
    List<Pair> pairs = new ArrayList<>();
    BitSet[] alike = new BitSet[cluster.length];
    BitSet[] members = new BitSet[cluster.length];
    for (int g : groups) {
      alike[g] = new BitSet();
      members[g] = new BitSet();
      members[g].set(g);
    }
    for (int a = 0; a < groups.length; a++) {
      for (int b = 0; b < a; b++) {
        double shared = shared(groups[b], groups[a]);
        if (shared >= LEAST_SHARED) {
          pairs.add(new Pair(groups[b], groups[a], shared));
          alike[groups[a]].set(groups[b]);
          alike[groups[b]].set(groups[a]);
        }
      }
    }
    pairs.sort((p, q) -> Double.compare(q.shared, p.shared));
    for (Pair pair : pairs) {
      int one = cluster[pair.g];
      int other = cluster[pair.h];
      if (one != other && allAlike(members[one], members[other], alike)) {
        members[one].or(members[other]);
        members[other].stream().forEach(g -> cluster[g] = one);
      }
    }
    for (Pair pair : pairs) {
      int one = cluster[pair.g];
      if (one == cluster[pair.h]) {
        leastShared[one] = Math.min(leastShared[one], pair.shared);
      }
    }
  }

  private static boolean allAlike(BitSet some, BitSet others, BitSet[] alike) {
    return some.stream()
        .allMatch(
            g -> {
              BitSet missing = (BitSet) others.clone();
              missing.andNot(alike[g]);
              return missing.isEmpty();
            });
  }

  /** For each input column the number of its cluster, from 0. */
  int[] byColumn() {
    int[] number = new int[cluster.length];
    int[] byGroup = new int[cluster.length];
    Arrays.fill(byGroup, -1);
    int[] groupOf = new int[cluster.length];
    for (int g = 0; g < cluster.length; g++) {
      groupOf[data.column[g]] = g;
    }
    int clusters = 0;
    for (int c = 0; c < number.length; c++) {
      int g = cluster[groupOf[c]];
      byGroup[g] = byGroup[g] < 0 ? clusters++ : byGroup[g];
      number[c] = byGroup[g];
    }
    return number;
  }

  /** The clusters of at least two columns, in the order of their first. */
  List<Cluster> list(@Nullable Subsamples subsamples) {
    int[] byColumn = byColumn();
    double @Nullable [] frequency = subsamples == null ? null : subsamples.frequencies(byColumn);
    List<List<Integer>> columns = new ArrayList<>();
    double[] shared = new double[byColumn.length];
    boolean[] kept = new boolean[byColumn.length];
    for (int c = 0; c < byColumn.length; c++) {
      if (byColumn[c] == columns.size()) {
        columns.add(new ArrayList<>());
      }
      columns.get(byColumn[c]).add(c);
    }
    for (int g = 0; g < cluster.length; g++) {
      int number = byColumn[data.column[g]];
      shared[number] = leastShared[cluster[g]];
      kept[number] |= data.kept[g];
    }
    List<Cluster> clusters = new ArrayList<>();
    for (int k = 0; k < columns.size(); k++) {
      if (columns.get(k).size() > 1) {
        clusters.add(
            new Cluster(
                columns.get(k),
                Math.sqrt(shared[k]),
                frequency == null ? null : (Double) frequency[k],
                kept[k]));
      }
    }
    return clusters;
  }
}
