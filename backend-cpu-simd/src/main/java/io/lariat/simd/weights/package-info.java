/**
 * What goes over weights: penalties and the steps of the optimizers.
 *
 * <p>Reading order: {@link io.lariat.simd.weights.WeightUpdate} (a step over a block of weights),
 * {@code SgdKernel}, {@code RmsPropKernel} and {@code AdamKernel} (the rules), {@code Shrinkage}
 * (what a penalty does to weights); {@link io.lariat.simd.weights.PenaltySum} and {@link
 * io.lariat.simd.weights.PenaltyTotal} (sums whose bits do not depend on threads); {@link
 * io.lariat.simd.weights.RowShrinkage} (the steps that rows without a gradient have missed); {@code
 * GroupJob}, {@link io.lariat.simd.weights.GroupPenalty} and {@link
 * io.lariat.simd.weights.GroupUpdate} (rows that share a penalty).
 */
@NullMarked
package io.lariat.simd.weights;

import org.jspecify.annotations.NullMarked;
