/**
 * What goes by the elements or the rows of a batch.
 *
 * <p>Reading order: {@link io.lariat.simd.rows.RowOperations} and {@link
 * io.lariat.simd.rows.RowSums}; {@code VectorMath} (exponentials and logarithms), {@link
 * io.lariat.simd.rows.Activations}, {@link io.lariat.simd.rows.ActivationGradients} and {@link
 * io.lariat.simd.rows.Softmax}, which are made of them; {@link io.lariat.simd.rows.Losses} and
 * {@link io.lariat.simd.rows.CategoricalLoss}; {@link io.lariat.simd.rows.DropoutMask}.
 */
@NullMarked
package io.lariat.simd.rows;

import org.jspecify.annotations.NullMarked;
