package io.lariat.train;

import io.lariat.backend.Allocations;
import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import org.jspecify.annotations.Nullable;

/** Follows the validation loss for {@link EarlyStopping} and keeps the best epoch's weights. */
final class BestWeights {
  private final Backend backend;
  private final Matrix weights;
  private final @Nullable EarlyStopping rule;
  private final @Nullable Matrix kept;
  private double least = Double.POSITIVE_INFINITY;
  private int since;
  private @Nullable Integer bestEpoch;

  BestWeights(Backend backend, Allocations memory, Matrix weights, @Nullable EarlyStopping rule) {
    this.backend = backend;
    this.weights = weights;
    this.rule = rule;
    this.kept =
        rule == null || !rule.restoreBest()
            ? null
            : memory.matrix("best weights", weights.rows(), weights.cols());
  }

  /** Takes note of an epoch; true if patience is lost. */
  boolean observe(Epoch epoch, Epoch.Validation validation) {
    if (rule == null) {
      return false;
    }
    if (validation.loss() < least - rule.minDelta()) {
      least = validation.loss();
      bestEpoch = epoch.number();
      since = 0;
      if (kept != null) {
        backend.copy(weights, kept);
      }
      return false;
    }
    since++;
    return since >= rule.patience() && epoch.number() > 1;
  }

  /** Puts the best weights back, if that was asked for; the epoch they are of, else null. */
  @Nullable Integer restore() {
    if (kept == null || bestEpoch == null) {
      return null;
    }
    backend.copy(kept, weights);
    return bestEpoch;
  }
}
