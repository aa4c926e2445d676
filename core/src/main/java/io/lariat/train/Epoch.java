package io.lariat.train;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one epoch gave. Losses and the training metric are taken before each step's update and
 * averaged over rows, as Keras does; the validation ones are those of the weights at the epoch's
 * end.
 *
 * @param number the epoch, from 1
 * @param dataLoss the mean data loss
 * @param penalty the mean penalty
 * @param metric accuracy, or mean absolute error in the target's own units
 * @param validation the same over the validation rows; null if there are none
 * @param zeros the weights of each kernel that are exactly zero, at the epoch's end
 * @param featuresUsed how many inputs have a weight that is not zero, at the epoch's end
 * @param seconds how long the epoch took, validation included
 */
public record Epoch(
    int number,
    double dataLoss,
    double penalty,
    double metric,
    @Nullable Validation validation,
    List<Long> zeros,
    int featuresUsed,
    double seconds) {

  /** Copies the list. */
  public Epoch {
    zeros = List.copyOf(zeros);
  }

  /** The training loss: data loss and penalty. */
  public double loss() {
    return dataLoss + penalty;
  }

  /** The number of kernel weights that are exactly zero. */
  public long totalZeros() {
    return zeros.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The validation rows' figures.
   *
   * @param dataLoss the mean data loss
   * @param penalty the penalty of the weights
   * @param metric accuracy, or mean absolute error in the target's own units
   */
  public record Validation(double dataLoss, double penalty, double metric) {
    /** The validation loss: data loss and penalty. */
    public double loss() {
      return dataLoss + penalty;
    }
  }
}
