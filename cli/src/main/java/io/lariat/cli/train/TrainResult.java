package io.lariat.cli.train;

import io.lariat.data.Dataset;
import io.lariat.model.Compaction;
import io.lariat.model.Model;
import io.lariat.report.Study;
import io.lariat.train.Evaluation;
import io.lariat.train.Training;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a run of {@code train} has found out.
 *
 * @param study the training and its twin, as the report shows them
 * @param data what it was trained on
 * @param validationRows how many rows validated
 * @param trainingEvaluation the model's metrics on the training rows
 * @param compaction how the model was made smaller; null: it was not
 * @param saved the model that is written
 * @param seconds how long each part took
 * @param failure why the device failed in the middle of it; null if it did not
 */
record TrainResult(
    Study study,
    Dataset data,
    int validationRows,
    Evaluation trainingEvaluation,
    @Nullable Compaction compaction,
    Model saved,
    Map<String, Double> seconds,
    @Nullable String failure) {

  /** The training. */
  Training run() {
    return study.run();
  }
}
