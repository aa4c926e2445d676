package io.lariat.train;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The loss or a weight is no longer finite. */
public final class DivergedException extends TrainingException {
  private static final long serialVersionUID = 1L;

  /** What may be too large by itself, whatever the learning rate. */
  static final String PENALTY = "penalty";

  private final int epoch;
  private final int step;

  DivergedException(
      String what,
      double value,
      int epoch,
      int step,
      double learningRate,
      @Nullable String unscaled) {
    super(
        String.format(
            Locale.ROOT,
            "the %s became %s at step %d of epoch %d; %slearning rate lower than %s",
            what,
            value,
            step,
            epoch,
            unscaled != null
                ? unscaled + ": rescale it, or use a "
                : what.equals(PENALTY) ? "use a smaller penalty, or a " : "use a ",
            learningRate));
    this.epoch = epoch;
    this.step = step;
  }

  /** The epoch in which it happened, from 1. */
  public int epoch() {
    return epoch;
  }

  /** The step within the epoch, from 1. */
  public int step() {
    return step;
  }
}
