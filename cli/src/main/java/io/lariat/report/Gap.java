package io.lariat.report;

import io.lariat.train.Epoch;
import io.lariat.train.History;
import org.jspecify.annotations.Nullable;

/**
 * How much worse the network fits rows that it was not trained on: validation minus training data
 * loss of one epoch. Neither has the penalty in it, so it is no part of the gap.
 *
 * @param epoch the epoch, from 1
 * @param training the training data loss
 * @param validation the validation data loss
 */
record Gap(int epoch, double training, double validation) {

  /** The gap at the last epoch; null if there is no epoch or no validation. */
  static @Nullable Gap atEnd(History history) {
    return history.epochs().isEmpty() ? null : of(history.last());
  }

  /** The gap at the epoch with the least validation data loss; null if there is none. */
  static @Nullable Gap atBest(History history) {
    int best = history.bestValidationEpoch();
    return best < 0 ? null : of(history.epochs().get(best));
  }

  /** The gap at {@code epoch}; null without validation. */
  static @Nullable Gap of(Epoch epoch) {
    Epoch.Validation validation = epoch.validation();
    return validation == null
        ? null
        : new Gap(epoch.number(), epoch.dataLoss(), validation.dataLoss());
  }

  /** Validation minus training data loss. */
  double size() {
    return validation - training;
  }
}
