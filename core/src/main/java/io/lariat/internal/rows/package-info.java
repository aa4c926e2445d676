/**
 * Numbers in memory, each exactly and in as little room as that takes. Needs nothing else of
 * Lariat. Not exported.
 *
 * <p>Reading order: {@code FloatCode} (when a float stands for a double), {@link
 * io.lariat.internal.rows.RowBlocks} of {@code RowBlock} and {@code BlockLayout} (dense rows),
 * {@link io.lariat.internal.rows.ElementValues} (those of sparse rows).
 */
@NullMarked
package io.lariat.internal.rows;

import org.jspecify.annotations.NullMarked;
