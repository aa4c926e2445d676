/**
 * The matrix products.
 *
 * <p>Reading order, from the outside in: {@link io.lariat.simd.products.MatrixProduct} (the loops)
 * and {@link io.lariat.simd.products.BlockSizes}; {@code Panels} and {@code Transposition} (what is
 * done before and after the tiles), {@code Tiles} and {@code Operands} (the inner loops: what
 * {@code TilesOne} to {@code TilesFour} compute, which are generated); {@code ColumnProduct} (a
 * matrix times a vector); {@link io.lariat.simd.products.SparseProduct}.
 */
@NullMarked
package io.lariat.simd.products;

import org.jspecify.annotations.NullMarked;
