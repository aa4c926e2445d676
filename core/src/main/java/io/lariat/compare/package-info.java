/**
 * L1 beside its alternatives, on the same rows: what each costs and what it gives.
 *
 * <p>Read {@link io.lariat.compare.Regularization} (what is compared), {@link
 * io.lariat.compare.Comparison} (how), {@link io.lariat.compare.ComparisonResult} and {@link
 * io.lariat.compare.ComparisonRow} (what comes out).
 */
@NullMarked
package io.lariat.compare;

import org.jspecify.annotations.NullMarked;
