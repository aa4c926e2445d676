/**
 * Numerics in double precision that know nothing of networks: what the reference backend, {@code
 * optimality}, {@code path} and {@code select} compute with. Not exported.
 *
 * <p>{@link io.lariat.numeric.Vectors} has sums and products of vectors, {@link
 * io.lariat.numeric.BlockProducts} those of a layer with a block of rows, {@link
 * io.lariat.numeric.Cholesky}, {@link io.lariat.numeric.PivotedCholesky} and {@link
 * io.lariat.numeric.SymmetricEigen} factor small matrices, {@link io.lariat.numeric.Lbfgs} and
 * {@link io.lariat.numeric.ProximalGradient} minimise.
 *
 * <p>Every sum has a fixed order: the same numbers give the same bits.
 */
@NullMarked
package io.lariat.numeric;

import org.jspecify.annotations.NullMarked;
