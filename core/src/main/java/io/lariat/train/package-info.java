/**
 * Training.
 *
 * <p>Reading order: {@link io.lariat.train.Trainer} (the settings), {@link
 * io.lariat.train.Training} and {@link io.lariat.train.History} (what comes out), {@link
 * io.lariat.train.Optimizer}, {@link io.lariat.train.EarlyStopping}, {@link
 * io.lariat.train.TrainingCallback}, {@link io.lariat.train.TrainingSession} (many fits of one
 * preparation); inside, {@code FitLoop} (the epochs), {@code TrainingStep} (one mini-batch), {@code
 * ParameterBlock} (weights, gradients and optimizer state on the backend), {@code ResidentData}
 * (the rows on the backend), {@code InputLayer} (the first layer, {@code DenseInput} or {@code
 * SparseInput}) and {@code Validator}. {@link io.lariat.train.Jobs} runs many trainings at a time.
 */
@NullMarked
package io.lariat.train;

import org.jspecify.annotations.NullMarked;
