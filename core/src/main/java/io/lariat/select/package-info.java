/**
 * Which features matter: a network with a group penalty on its inputs, from dense to sparse, with
 * lambda by the quantile universal threshold and a concave penalty that takes the bias out of what
 * stays. No rows are held out.
 *
 * <p>Reading order: {@link io.lariat.select.FeatureSelector} (the settings), {@link
 * io.lariat.select.Selection} (what comes out); then {@code SupportSearch}, where the work is done,
 * {@code NullThreshold} (lambda), {@code Directions} (where hidden units start), {@code
 * InputPenalty} and {@code GroupNetwork} (what is minimised); {@code Confirmation} (what tells a
 * column from chance), {@code Copies} and {@code Clusters} (which columns stand in for which).
 */
@NullMarked
package io.lariat.select;

import org.jspecify.annotations.NullMarked;
