/**
 * Which features matter: a network with a group penalty on its inputs, lambda by the quantile
 * universal threshold, a concave stage, and the support chosen on rows that were held out.
 *
 * <p>Reading order: {@link io.lariat.select.FeatureSelector} (the settings), {@link
 * io.lariat.select.Selection} (what comes out), {@link io.lariat.select.NullThreshold}; then {@code
 * SupportSearch}, where the work is done.
 */
@NullMarked
package io.lariat.select;

import org.jspecify.annotations.NullMarked;
