package io.lariat.compare;

/**
 * A point of the cross-validation's curve.
 *
 * @param lambda the lambda
 * @param loss the data loss of the folds' validation rows, over the folds; infinite, with no
 *     deviation, where a training diverged
 */
public record LambdaScore(double lambda, Spread loss) {}
