/**
 * Products of panels of doubles, on arrays.
 *
 * <p>Reading order: {@link io.lariat.simd.panels.VectorPanels}; {@code InnerProducts} (the loops of
 * products of vectors) and {@code Combinations} (those of sums of vectors); {@code InnerTiles} and
 * {@code CombinationTiles}, the inner loops, which are generated.
 */
@NullMarked
package io.lariat.simd.panels;

import org.jspecify.annotations.NullMarked;
