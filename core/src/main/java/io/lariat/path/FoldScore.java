package io.lariat.path;

import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import io.lariat.model.Network;
import io.lariat.optimality.Objective;
import io.lariat.train.Evaluation;
import org.jspecify.annotations.Nullable;

/** Measures the networks of a fold on the rows that they have not seen. */
final class FoldScore {
  private final Dataset held;
  private final WarmPath path;
  private final Objective objective;
  private final double lossUnits;

  /**
   * Of the fold whose training is {@code path}.
   *
   * @param held its validation rows
   * @param target how the target of all rows is standardised, in whose units losses are given
   */
  FoldScore(Dataset held, WarmPath path, Network network, @Nullable Standardization target) {
    this.held = held;
    this.path = path;
    objective = Objective.of(network, held, held.rows(), path.features, path.target);
    double own = path.target == null ? 1 : path.target.deviation(0);
    lossUnits = network.loss().growth(target == null ? 1 : own / target.deviation(0));
  }

  /** Their mean data loss, then their accuracy or mean absolute error in the target's units. */
  double[] measure(double lambda) {
    Evaluation evaluation = Evaluation.of(path.model(lambda), held);
    return new double[] {objective.dataLoss(path.parameters()) * lossUnits, evaluation.metric()};
  }
}
