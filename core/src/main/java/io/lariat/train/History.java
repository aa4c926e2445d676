package io.lariat.train;

import java.util.List;

/**
 * The epochs of a training.
 *
 * @param metric what {@link Epoch#metric} is: {@code accuracy} or {@code mae}
 * @param epochs the epochs, in order
 * @param stepLosses the loss, penalty included, of every step that was run, in order
 * @param learningRates that of each epoch's last step, in order; a polish has none
 */
@SuppressWarnings("ArrayRecordComponent") // read-only result; records of it are never compared
public record History(
    String metric, List<Epoch> epochs, double[] stepLosses, List<Double> learningRates) {

  /** Copies the lists. */
  public History {
    epochs = List.copyOf(epochs);
    learningRates = List.copyOf(learningRates);
  }

  /** The last epoch. */
  public Epoch last() {
    return epochs.getLast();
  }

  /**
   * Whether overfitting is visible: the validation data loss has risen from its minimum while the
   * training data loss fell.
   */
  public boolean overfits() {
    int best = bestValidationEpoch();
    if (best < 0 || best == epochs.size() - 1) {
      return false;
    }
    Epoch at = epochs.get(best);
    Epoch end = last();
    Epoch.Validation from = at.validation();
    Epoch.Validation to = end.validation();
    return from != null
        && to != null
        && to.dataLoss() > from.dataLoss()
        && end.dataLoss() < at.dataLoss();
  }

  /** The position of the epoch with the least validation data loss; -1 without validation. */
  public int bestValidationEpoch() {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < epochs.size(); i++) {
      Epoch.Validation v = epochs.get(i).validation();
      if (v != null && v.dataLoss() < least) {
        least = v.dataLoss();
        best = i;
      }
    }
    return best;
  }
}
