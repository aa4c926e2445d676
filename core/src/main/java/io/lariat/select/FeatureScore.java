package io.lariat.select;

import org.jspecify.annotations.Nullable;

/**
 * What a selection says of one input column; the one-hot features of a categorical column are one
 * group and have one score.
 *
 * @param name the column
 * @param index its position among the input columns, from 0
 * @param rank 1 for the most important; selected columns come first, by importance, then the
 *     others, by how long they stayed on the path
 * @param importance how much the refitted model's mean loss on the rows rises when the column's
 *     values are permuted among them, the mean over permutations drawn from the seed (Breiman
 *     2001): of a regression the squared error as a share of the target's variance, else the
 *     cross-entropy in nats; 0 for a column that is not selected, which the model does not see
 * @param frequency the share of subsamples in which it was selected; null without stability
 *     selection
 * @param selected whether it is
 * @param kept whether it was protected from the penalty, and so is selected whatever the data say
 * @param evidence what tells it from chance, or why it is not selected
 * @param leavesAt the lambda at which it leaves the path; infinite if it was never dropped
 * @param sign where the model is linear with one output and the column is a number: the sign of its
 *     coefficient, -1 or 1; else, and if not selected, 0
 */
public record FeatureScore(
    String name,
    int index,
    int rank,
    double importance,
    @Nullable Double frequency,
    boolean selected,
    boolean kept,
    Evidence evidence,
    double leavesAt,
    int sign) {}
