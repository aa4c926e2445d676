/**
 * The program {@code lariat}.
 *
 * <p>Reading order: {@link io.lariat.cli.Lariat} (the command line as a whole), {@code
 * TrainCommand} with its options ({@code NetworkOptions}, {@code TrainingOptions}, {@code
 * RunOptions}) and what it writes ({@code OutputFolder}, {@code HistoryCsv}, {@code SummaryJson}),
 * {@code Progress} and {@code EpochTable} (what is seen meanwhile), {@code Interrupt} (Ctrl-C),
 * {@code PredictCommand}, {@code InspectCommand}, {@code BackendsCommand}; {@code Failures} (how
 * every error becomes one line and an exit code).
 *
 * <p>Results go to standard output; progress bars, notes about a result and errors go to standard
 * error.
 */
@NullMarked
package io.lariat.cli;

import org.jspecify.annotations.NullMarked;
