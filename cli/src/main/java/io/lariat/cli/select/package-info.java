/**
 * {@code lariat select}: {@code SelectCommand}, {@code SelectResult}, and {@code SelectJson} and
 * {@code SelectSummary} (how that is told).
 */
@NullMarked
package io.lariat.cli.select;

import org.jspecify.annotations.NullMarked;
