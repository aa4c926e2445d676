/**
 * {@code lariat path}: {@code PathCommand}, {@code PathOptions}, {@code PathRun} (what it
 * computes), {@code PathResult}, and {@code PathJson} and {@code PathTable} (how that is told).
 */
@NullMarked
package io.lariat.cli.path;

import org.jspecify.annotations.NullMarked;
