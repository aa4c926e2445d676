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
  private final @Nullable Stability stability;
  private final Model model;

  Selection(
      List<FeatureScore> features,
      double lambda,
      List<PathStep> path,
      @Nullable Stability stability,
      Model model) {
    this.features = List.copyOf(features);
    this.lambda = lambda;
    this.path = List.copyOf(path);
    this.stability = stability;
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
