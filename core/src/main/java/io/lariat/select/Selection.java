package io.lariat.select;

import io.lariat.model.Model;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which input columns were selected, and the model refitted on them. */
public final class Selection {
  private final List<FeatureScore> features;
  private final double lambda;
  private final List<PathStep> path;
  private final List<Cluster> clusters;
  private final @Nullable Stability stability;
  private final double detectable;
  private final Model model;

  Selection(
      List<FeatureScore> features,
      double lambda,
      List<PathStep> path,
      List<Cluster> clusters,
      @Nullable Stability stability,
      double detectable,
      Model model) {
    this.features = List.copyOf(features);
    this.lambda = lambda;
    this.path = List.copyOf(path);
    this.clusters = List.copyOf(clusters);
    this.stability = stability;
    this.detectable = detectable;
    this.model = model;
  }

  /** The scores of all input columns, in the order of the columns. */
  public List<FeatureScore> features() {
    return features;
  }

  /** The scores of the columns that were selected, by rank. */
  public List<FeatureScore> selected() {
    return features.stream()
        .filter(FeatureScore::selected)
        .sorted(Comparator.comparingInt(FeatureScore::rank))
        .toList();
  }

  /**
   * The quantile universal threshold, on the scale of the mean loss (the root of the mean squared
   * error of a regression, the mean cross-entropy else) with standardised features.
   */
  public double lambda() {
    return lambda;
  }

  /** The path from dense to sparse, lambdas ascending. */
  public List<PathStep> path() {
    return path;
  }

  /**
   * The columns that stand in for each other, in the order of the columns; those that have no
   * stand-in are in none.
   */
  public List<Cluster> clusters() {
    return clusters;
  }

  /** The columns that {@code feature} is one of a cluster with; null if it has no stand-in. */
  public @Nullable Cluster clusterOf(FeatureScore feature) {
    return clusters.stream()
        .filter(cluster -> cluster.columns().contains(feature.index()))
        .findFirst()
        .orElse(null);
  }

  /**
   * How large an effect these rows show: the absolute correlation with the target (of several
   * classes the correlation ratio, of columns that are kept with what they leave of it) from which
   * on a column by itself, a number, is told from chance on nine of ten tables like this. A weaker
   * one may well matter and not be selected.
   */
  public double detectable() {
    return detectable;
  }

  /** What the subsamples say; null without stability selection. */
  public @Nullable Stability stability() {
    return stability;
  }

  /**
   * An ordinary model, refitted without the selecting penalty, whose inputs are the selected
   * columns; if none is selected, a constant with one column whose weights are zero.
   */
  public Model model() {
    return model;
  }
}
