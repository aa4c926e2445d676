package io.lariat.compare;

import org.jspecify.annotations.Nullable;

/**
 * What one regularization gave.
 *
 * @param regularization which
 * @param lambda the lambda of the least mean validation loss over the folds; null where there is
 *     none
 * @param validationLoss the data loss of the folds' validation rows at that lambda
 * @param validationMetric the same of the metric, accuracy or mean absolute error
 * @param testMetric the metric on the test rows, over the seeds
 * @param testLoss the data loss on the test rows, over the seeds
 * @param gap the test rows' data loss less the training rows', over the seeds: what overfitting
 *     leaves open
 * @param zeros the share of kernel weights that are exactly zero, over the seeds
 * @param features how many features are used, over the seeds
 * @param parameters the size without what is dead ({@link io.lariat.model.Compaction}), over the
 *     seeds
 * @param microseconds the time to predict one row by the smaller model; a measurement, not the same
 *     from run to run
 */
public record ComparisonRow(
    Regularization regularization,
    @Nullable Double lambda,
    Spread validationLoss,
    Spread validationMetric,
    Spread testMetric,
    Spread testLoss,
    Spread gap,
    Spread zeros,
    Spread features,
    Spread parameters,
    double microseconds) {}
