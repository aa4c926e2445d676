/**
 * The SIMD backend: Lariat's operations on the Vector API, in pure Java, for every CPU.
 *
 * <p>Reading order: {@link io.lariat.simd.SimdProvider} and {@code VectorProbe} (whether it can
 * work), {@code SimdBackend} (the operations), {@code Lanes} (what vectors are and how memory is
 * reached), {@code SimdStorage} and {@code Ownership} (memory), {@code Job} and {@code WorkerPool}
 * (threads), {@code StepPlan}, {@code Stage}, {@code Access} and {@code Pace} (recorded steps),
 * {@code MatrixProduct}, {@code Panels} and {@code Tiles} (the matrix products, from the outside
 * in), {@code VectorMath} and {@code Activations} (functions), {@code WeightUpdate} and {@code
 * AdamKernel} (optimizers), {@code PenaltySum} and {@code RowSums} (sums whose bits do not depend
 * on threads).
 */
@NullMarked
package io.lariat.simd;

import org.jspecify.annotations.NullMarked;
