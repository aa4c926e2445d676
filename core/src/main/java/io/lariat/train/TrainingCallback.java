package io.lariat.train;

/**
 * Is told how a training goes on, on the thread that trains. For a lambda that is told of epochs
 * see {@link Trainer#onEpoch}.
 */
public interface TrainingCallback {

  /** What is to happen after an epoch. */
  enum Next {
    /** Go on. */
    CONTINUE,
    /** End the training here. */
    STOP
  }

  /**
   * After a step; must be quick.
   *
   * @param epoch the epoch, from 1
   * @param step the step within the epoch, from 1
   * @param steps the number of steps of an epoch
   */
  default void onStep(int epoch, int step, int steps) {}

  /** After an epoch and its validation. */
  default Next onEpochEnd(Epoch epoch) {
    return Next.CONTINUE;
  }
}
