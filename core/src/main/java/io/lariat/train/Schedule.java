package io.lariat.train;

import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/**
 * How the learning rate goes from step to step, from the optimizer's on; the definitions are
 * Keras's. A learning rate is data of a step, so a {@link TrainingSession} replays one recording
 * whatever the schedule, and a training that {@linkplain Trainer#resume goes on} has the learning
 * rates that it would have had: they follow from the epochs before.
 *
 * <pre>{@code
 * Trainer.on(backend).epochs(50).optimizer(adamW(0.01, 0.004)).schedule(Schedule.cosine(5))
 * }</pre>
 *
 * <p>Thresholds follow the learning rate, so zeros are not given up when it falls: {@link
 * io.lariat.backend.UpdateRule#carried} has what momentum carries over.
 */
public sealed interface Schedule {

  /**
   * The learning rates of the epoch that follows on {@code past}.
   *
   * @param base the optimizer's learning rate
   * @param steps the steps of an epoch
   * @param epochs how many epochs will be trained
   * @param past the epochs so far, with validation figures if {@link #followsValidation}
   * @return of a step's number in the epoch, from 0
   * @throws TrainingException if that number of epochs does not suit the schedule
   */
  IntToDoubleFunction ratesOfEpoch(double base, int steps, int epochs, List<Epoch> past);

  /** Whether it needs validation rows. */
  default boolean followsValidation() {
    return false;
  }

  /** The optimizer's learning rate throughout. */
  static Schedule constant() {
    return new Constant();
  }

  /** {@code factor} times as much after every {@code epochs} epochs. */
  static Schedule step(int epochs, double factor) {
    return new Step(epochs, factor);
  }

  /** Up from 0 in {@code warmupEpochs} epochs, which may be 0, then down to 0 by a cosine. */
  static Schedule cosine(int warmupEpochs) {
    return new Cosine(warmupEpochs, 0);
  }

  /** A tenth of it where the validation loss has not improved for {@code patience} epochs. */
  static Schedule plateau(int patience) {
    return new Plateau(0.1, patience, 1e-4, 0, 0);
  }

  /** The optimizer's learning rate throughout. */
  record Constant() implements Schedule {
    @Override
    public IntToDoubleFunction ratesOfEpoch(double base, int steps, int epochs, List<Epoch> past) {
      return i -> base;
    }
  }

  /**
   * Steps down: {@code base * factor^floor(e / epochs)} in epoch e, from 0 (Keras's {@code
   * ExponentialDecay} with {@code staircase}).
   *
   * @param epochs how long a stair is, at least 1
   * @param factor in (0, 1)
   */
  record Step(int epochs, double factor) implements Schedule {
    /** Checks the numbers. */
    public Step {
      atLeast("epochs of a step", epochs, 1);
      fraction(factor);
    }

    @Override
    public IntToDoubleFunction ratesOfEpoch(double base, int steps, int all, List<Epoch> past) {
      int stair = past.size() / epochs;
      double rate = base * Math.pow(factor, stair);
      return i -> rate;
    }
  }

  /**
   * A cosine over all steps behind a linear warm-up, {@code s} being a step's number from 0
   * (Keras's {@code CosineDecay} with {@code initial_learning_rate = 0} and the optimizer's as
   * {@code warmup_target}; Loshchilov and Hutter 2017, without restarts):
   *
   * <pre>{@code
   * s < warm:   base * s / warm
   * else:       base * ((1 - alpha) * (1 + cos(pi * (s - warm) / (all - warm))) / 2 + alpha)
   * }</pre>
   *
   * @param warmupEpochs the epochs of {@code warm} steps; fewer than are trained
   * @param alpha what is left at the end, as a share of {@code base}; in [0, 1]
   */
  record Cosine(int warmupEpochs, double alpha) implements Schedule {
    /** Checks the numbers. */
    public Cosine {
      atLeast("epochs of warm-up", warmupEpochs, 0);
      if (!(alpha >= 0 && alpha <= 1)) {
        throw new IllegalArgumentException(
            "schedule: expected an alpha from 0 to 1, found " + alpha);
      }
    }

    @Override
    public IntToDoubleFunction ratesOfEpoch(double base, int steps, int epochs, List<Epoch> past) {
      if (warmupEpochs >= epochs) {
        throw new TrainingException(
            "schedule: a warm-up of "
                + warmupEpochs
                + " epochs leaves none of "
                + epochs
                + " for the cosine; warm up in fewer, or train for more");
      }
      long warm = (long) warmupEpochs * steps;
      long decay = (long) epochs * steps - warm;
      long first = (long) past.size() * steps;
      return i -> {
        double s = (double) (first + i);
        if (s < warm) {
          return base * (s / warm);
        }
        double cosine = 0.5 * (1 + Math.cos(Math.PI * ((s - warm) / decay)));
        return base * ((1 - alpha) * cosine + alpha);
      };
    }
  }

  /**
   * Less where the validation loss, penalty included, no longer improves (Keras's {@code
   * ReduceLROnPlateau}): after {@code patience} epochs without {@code val_loss < best - minDelta}
   * the learning rate becomes {@code max(factor * rate, leastRate)}; the {@code cooldown} epochs
   * after that do not count.
   *
   * @param factor in (0, 1)
   * @param patience how many epochs may bring no improvement; at least 1
   * @param minDelta what counts as an improvement; at least 0
   * @param cooldown at least 0
   * @param leastRate the least learning rate; at least 0
   */
  record Plateau(double factor, int patience, double minDelta, int cooldown, double leastRate)
      implements Schedule {
    /** Checks the numbers. */
    public Plateau {
      fraction(factor);
      atLeast("epochs of patience", patience, 1);
      notNegative("min delta", minDelta);
      atLeast("epochs of cooldown", cooldown, 0);
      notNegative("least learning rate", leastRate);
    }

    @Override
    public boolean followsValidation() {
      return true;
    }

    @Override
    public IntToDoubleFunction ratesOfEpoch(double base, int steps, int epochs, List<Epoch> past) {
      double rate = after(base, past);
      return i -> rate;
    }

    /**
     * The learning rate after these epochs, which are gone through anew: they are all its state.
     */
    private double after(double base, List<Epoch> past) {
      double rate = base;
      double best = Double.POSITIVE_INFINITY;
      int since = 0;
      int resting = 0;
      for (Epoch epoch : past) {
        double loss = Objects.requireNonNull(epoch.validation(), "validation figures").loss();
        if (resting > 0) {
          resting--;
          since = 0;
        }
        if (loss < best - minDelta) {
          best = loss;
          since = 0;
        } else if (resting == 0 && ++since >= patience && rate > leastRate) {
          rate = Math.max(rate * factor, leastRate);
          resting = cooldown;
          since = 0;
        }
      }
      return rate;
    }
  }

  private static void fraction(double factor) {
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException(
          "schedule: expected a factor above 0 and below 1, found " + factor);
    }
  }

  private static void notNegative(String what, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "schedule: expected a " + what + " of at least 0, found " + value);
    }
  }

  private static void atLeast(String what, int count, int least) {
    if (count < least) {
      throw new IllegalArgumentException(
          "schedule: expected at least " + least + " " + what + ", found " + count);
    }
  }
}
