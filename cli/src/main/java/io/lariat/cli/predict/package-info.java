/**
 * {@code lariat predict}: {@code PredictCommand}, {@code PredictionsCsv} (what it writes), {@code
 * FarValues} (what it warns of).
 */
@NullMarked
package io.lariat.cli.predict;

import org.jspecify.annotations.NullMarked;
