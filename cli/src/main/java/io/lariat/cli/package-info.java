/**
 * The program {@code lariat}.
 *
 * <p>Reading order: {@link io.lariat.cli.Lariat} (the command line as a whole), {@code
 * TrainCommand} with its options ({@code DataOptions}, {@code NetworkOptions}, {@code
 * TrainingOptions}, {@code PolishOptions}), what it computes ({@code TrainingRun}) and what it
 * writes ({@code OutputFolder}, {@code HistoryCsv}, {@code SummaryJson}), {@code Progress} and
 * {@code EpochTable} (what is seen meanwhile), {@code Interrupt} (Ctrl-C). The other commands that
 * compute: {@code PathCommand}, {@code SelectCommand}, {@code CompareCommand}. Those of a model
 * that is there: {@code PredictCommand}, {@code CertifyCommand}, {@code CompactCommand}, {@code
 * InspectCommand}. {@code BackendsCommand}; {@code Failures} (how every error becomes one line and
 * an exit code).
 *
 * <p>Results go to standard output; progress bars, notes about a result and errors go to standard
 * error.
 */
@NullMarked
package io.lariat.cli;

import org.jspecify.annotations.NullMarked;
