package io.lariat.cli.select;

import io.lariat.cli.words.Text;
import io.lariat.select.Cluster;
import io.lariat.select.Evidence;
import io.lariat.select.FeatureScore;
import io.lariat.select.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which columns stand in for which, in words. */
final class StandIns {
  private static final int MOST_CLUSTERS = 4;
  private static final int MOST_NAMED = 6;

  private StandIns() {}

  /** The other columns of the cluster that {@code feature} is in; none if it is in none. */
  static List<String> of(Selection selection, FeatureScore feature) {
    @Nullable Cluster cluster = selection.clusterOf(feature);
    return cluster == null
        ? List.of()
        : cluster.columns().stream()
            .filter(c -> c != feature.index())
            .map(c -> selection.features().get(c).name())
            .toList();
  }

  /**
   * A sentence each on copies and on columns that are strongly correlated, where one of a cluster
   * is selected, or the cluster is stable.
   */
  static List<String> notes(Selection selection) {
    List<String> same = new ArrayList<>();
    List<String> alike = new ArrayList<>();
    for (Cluster cluster : selection.clusters()) {
      List<FeatureScore> members =
          cluster.columns().stream().map(selection.features()::get).toList();
      if (members.stream().noneMatch(FeatureScore::selected) && !isStable(selection, cluster)) {
        continue;
      }
      boolean isOne = members.stream().filter(f -> f.evidence() != Evidence.COPY).count() == 1;
      (isOne ? same : alike).add(text(members, isOne ? "" : correlation(cluster)));
    }
    List<String> notes = new ArrayList<>();
    if (!same.isEmpty()) {
      notes.add(
          "the same values up to unit, direction or names, so that no data tell which matters: "
              + joined(same));
    }
    if (!alike.isEmpty()) {
      notes.add(
          "so strongly correlated that chance has a part in which is selected: " + joined(alike));
    }
    return notes;
  }

  private static boolean isStable(Selection selection, Cluster cluster) {
    @Nullable Double frequency = cluster.frequency();
    return frequency != null
        && selection.stability() != null
        && selection.stability().isStable(frequency);
  }

  private static String correlation(Cluster cluster) {
    @Nullable Double frequency = cluster.frequency();
    return Text.of(" (|r| at least %.2f", cluster.correlation())
        + (frequency == null
            ? ")"
            : Text.of("; one of them on %.0f %% of subsamples)", 100 * frequency));
  }

  private static String text(List<FeatureScore> members, String more) {
    String selected = names(members.stream().filter(FeatureScore::selected).toList());
    String others = names(members.stream().filter(f -> !f.selected()).toList());
    if (selected.isEmpty()) {
      return others + more + ", none selected";
    }
    return others.isEmpty()
        ? selected + more + ", all selected"
        : selected + " for " + others + more;
  }

  private static String names(List<FeatureScore> some) {
    return Text.some(some.stream().map(FeatureScore::name).toList(), MOST_NAMED);
  }

  private static String joined(List<String> clusters) {
    int more = clusters.size() - MOST_CLUSTERS;
    return clusters.stream().limit(MOST_CLUSTERS).collect(Collectors.joining("; "))
        + (more > 0 ? "; and " + more + " more groups, in summary.json" : "");
  }
}
