/**
 * The SIMD backend: Lariat's operations on the Vector API, in pure Java, for every CPU.
 *
 * <p>Reading order: {@link io.lariat.simd.SimdProvider} and {@code VectorProbe} (whether it can
 * work), {@code SimdBackend} (the operations), {@code Jobs} (what it keeps to run them); then the
 * rooms, of which those in the middle do not know each other:
 *
 * <ul>
 *   <li>{@link io.lariat.simd.machine}: vectors, memory and threads, under all the others;
 *   <li>{@link io.lariat.simd.products}: the matrix products;
 *   <li>{@link io.lariat.simd.rows}: activations, losses and whatever else goes by elements or rows
 *       of a batch;
 *   <li>{@link io.lariat.simd.weights}: penalties and the optimizers' steps;
 *   <li>{@link io.lariat.simd.plan}: recorded steps.
 * </ul>
 */
@NullMarked
package io.lariat.simd;

import org.jspecify.annotations.NullMarked;
