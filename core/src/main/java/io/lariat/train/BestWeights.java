package io.lariat.train;

import io.lariat.backend.Arena;
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

  BestWeights(Backend backend, Arena memory, Matrix weights, @Nullable EarlyStopping rule) {
    this.backend = backend;
    this.weights = weights;
    this.rule = rule;
    this.kept =
        rule == null || !rule.restoreBest()
            ? null
            : memory.matrix("best weights", weights.rows(), weights.cols());
  }

  /**
   * What is known of the best epoch.
   *
   * @param least the least validation loss
   * @param since the epochs since then
   * @param epoch the best one; 0 if there is none
   * @param weights its weights; empty if they are not kept
   */
  @SuppressWarnings("ArrayRecordComponent") // moved, never compared
  record Kept(double least, int since, int epoch, float[] weights) {}

  /** What is known now. */
  Kept kept() {
    float[] values = new float[kept == null || bestEpoch == null ? 0 : (int) kept.size()];
    if (kept != null && values.length > 0) {
      backend.read(kept, values, 0);
    }
    return new Kept(least, since, bestEpoch == null ? 0 : bestEpoch, values);
  }

  /** Whether that is what could have been known here. */
  boolean fits(Kept before) {
    int values = before.weights().length;
    return before.epoch() >= 0 && (values == 0 || (kept != null && values == kept.size()));
  }

  /** Goes on from what was known. */
  void resume(Kept before) {
    least = before.least();
    since = before.since();
    bestEpoch = before.epoch() == 0 ? null : (Integer) before.epoch();
    if (kept != null && before.weights().length > 0) {
      backend.write(before.weights(), 0, kept);
    }
  }

  /** Whether patience is lost after epoch {@code number}. */
  boolean isLost(int number) {
    return rule != null && since > 0 && since >= rule.patience() && number > 1;
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
    return isLost(epoch.number());
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
