/**
 * Exact work on a network in double precision: its objective over all rows, how far weights are
 * from satisfying the optimality conditions, and the way to weights that satisfy them.
 *
 * <p>Reading order: {@link io.lariat.exact.Objective} (data loss and gradient), {@link
 * io.lariat.exact.NetworkPenalty} (penalty, proximal step), {@link io.lariat.exact.KktResidual}
 * (the optimality conditions) and {@link io.lariat.exact.Polish} (reaches them).
 */
@NullMarked
package io.lariat.exact;

import org.jspecify.annotations.NullMarked;
