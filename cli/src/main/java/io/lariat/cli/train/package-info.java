/**
 * {@code lariat train}. Reading order: {@code TrainCommand}, {@code TrainOptions}, {@code
 * TrainingRun} (what it computes), {@code EpochProgress} (what is seen meanwhile), {@code
 * TrainResult}, and how that is told: {@code TrainSummary}, {@code TrainJson}, {@code HistoryCsv}.
 */
@NullMarked
package io.lariat.cli.train;

import org.jspecify.annotations.NullMarked;
