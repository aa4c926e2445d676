package io.lariat.train;

/**
 * Stops when the validation loss, penalty included, no longer improves, as Keras does: an epoch
 * improves if {@code val_loss < best - minDelta}; after {@code patience} epochs in a row without
 * (at least one), training stops.
 *
 * @param patience how many epochs in a row may bring no improvement
 * @param minDelta what counts as an improvement
 * @param restoreBest whether the model gets the weights of the best epoch, not of the last
 */
public record EarlyStopping(int patience, double minDelta, boolean restoreBest) {

  /** Checks the numbers. */
  public EarlyStopping {
    if (patience < 0) {
      throw new IllegalArgumentException(
          "early stopping: expected a patience of at least 0, found " + patience);
    }
    if (!(minDelta >= 0) || Double.isInfinite(minDelta)) {
      throw new IllegalArgumentException(
          "early stopping: expected a min delta of at least 0, found " + minDelta);
    }
  }

  /** With the given patience, any decrease counting, the best weights restored. */
  public static EarlyStopping patience(int epochs) {
    return new EarlyStopping(epochs, 0, true);
  }
}
