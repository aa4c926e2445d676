package io.lariat.cli.train;

import io.lariat.data.Dataset;
import io.lariat.model.Compaction;
import io.lariat.model.Model;
import io.lariat.train.Evaluation;
import io.lariat.train.Training;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a run of {@code train} has found out.
 *
 * @param data what it was trained on
 * @param run the training
 * @param trainingEvaluation the model's metrics on the training rows
 * @param unpenalized the twin without penalties; null if there is none
 * @param settings name and value of every setting
 * @param backend the backend's description
 * @param compaction how the model was made smaller; null: it was not
 * @param saved the model that is written
 * @param notes remarks for the user
 * @param seconds how long each part took
 * @param failure why the device failed in the middle of it; null if it did not
 */
record TrainResult(
    Dataset data,
    Training run,
    Evaluation trainingEvaluation,
    @Nullable Training unpenalized,
    Map<String, Object> settings,
    String backend,
    @Nullable Compaction compaction,
    Model saved,
    List<String> notes,
    Map<String, Double> seconds,
    @Nullable String failure) {}
