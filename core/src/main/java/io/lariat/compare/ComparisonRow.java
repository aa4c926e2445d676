package io.lariat.compare;

import io.lariat.train.History;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one regularization gave. "Over the seeds" is over the trainings that did not diverge; there
 * are as many as {@code histories}.
 *
 * <p>Data losses are those of {@link io.lariat.train.Evaluation#loss}: of a number in the target's
 * own units, where those of an {@link io.lariat.train.Epoch} are in the units it was trained in. L1
 * with early stopping has stopped on the very rows of its validation figures, the others have not:
 * there that row looks better than it is, on the test rows not.
 *
 * @param regularization which
 * @param lambda the lambda of the least mean loss in the cross-validation; null where there is none
 * @param crossValidation that loss for each lambda, in the order they were given; a single 0 where
 *     there is none to choose
 * @param validationMetric the metric, accuracy or mean absolute error, on the validation rows, over
 *     the seeds
 * @param validationLoss the data loss on the validation rows, over the seeds
 * @param testMetric the metric on the test rows, over the seeds
 * @param testLoss the data loss on the test rows, over the seeds
 * @param gap the validation rows' data loss less that of the rows trained on, over the seeds: what
 *     overfitting leaves open
 * @param zeros the share of kernel weights that are exactly zero, over the seeds
 * @param features how many features are used, over the seeds
 * @param parameters the size, in numbers of 4 bytes, without what is dead ({@link
 *     io.lariat.model.Compaction}), over the seeds
 * @param microseconds the time to predict one row by the smaller model; a measurement, not the same
 *     from run to run
 * @param histories the epochs of the training from each seed, with the loss of both kinds of rows
 */
public record ComparisonRow(
    Regularization regularization,
    @Nullable Double lambda,
    List<LambdaScore> crossValidation,
    Spread validationMetric,
    Spread validationLoss,
    Spread testMetric,
    Spread testLoss,
    Spread gap,
    Spread zeros,
    Spread features,
    Spread parameters,
    double microseconds,
    List<History> histories) {

  /** Copies the lists. */
  public ComparisonRow {
    crossValidation = List.copyOf(crossValidation);
    histories = List.copyOf(histories);
  }
}
