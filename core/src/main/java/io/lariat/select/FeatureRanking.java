package io.lariat.select;

import io.lariat.data.Column;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a selection says of each column, ranked. */
final class FeatureRanking {
  private FeatureRanking() {}

  static List<FeatureScore> of(
      SupportNetwork support,
      Evidence[] evidence,
      double[] leavesAt,
      @Nullable Subsamples subsamples,
      long seed) {
    SelectionData data = support.data;
    int groups = data.groups();
    double[] importance = new double[groups];
    double[] rises = Importance.of(support, seed);
    for (int a = 0; a < rises.length; a++) {
      importance[support.groups[a]] = rises[a];
    }
    double @Nullable [] frequency = subsamples == null ? null : subsamples.frequencies();
    int[] rank = ranks(evidence, importance, leavesAt);
    List<Column> columns = data.source.schema().columns();
    return IntStream.range(0, groups)
        .mapToObj(
            g ->
                new FeatureScore(
                    columns.get(data.column[g]).name(),
                    data.column[g],
                    rank[g],
                    importance[g],
                    frequency == null ? null : frequency[data.column[g]],
                    evidence[g].selects(),
                    data.kept[g],
                    evidence[g],
                    leavesAt[g],
                    sign(support, g)))
        .sorted(Comparator.comparingInt(FeatureScore::index))
        .toList();
  }

  private static int[] ranks(Evidence[] evidence, double[] importance, double[] leavesAt) {
    Integer[] order = new Integer[evidence.length];
    Arrays.setAll(order, g -> g);
    Arrays.sort(
        order,
        Comparator.comparing((Integer g) -> !evidence[g].selects())
            .thenComparingDouble(g -> -importance[g])
            .thenComparing(g -> evidence[g] != Evidence.CHANCE)
            .thenComparingDouble(g -> -leavesAt[g])
            .thenComparingInt(g -> g));
    int[] rank = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      rank[order[i]] = i + 1;
    }
    return rank;
  }

  private static int sign(SupportNetwork support, int g) {
    GroupNetwork network = support.network;
    int a = Arrays.binarySearch(support.groups, g);
    if (network.units > 0 || network.outputs > 1 || a < 0) {
      return 0;
    }
    if (support.data.source.schema().columns().get(support.data.column[g]).isCategorical()) {
      return 0;
    }
    int input = 0;
    while (support.group[input] != a) {
      input++;
    }
    return (int) Math.signum(support.w[input]);
  }
}
