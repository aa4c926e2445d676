package io.lariat.train;

import io.lariat.model.Model;
import org.jspecify.annotations.Nullable;

/**
 * A finished training.
 *
 * @param model the trained model
 * @param history its epochs
 * @param stopReason why it ended
 * @param bestEpoch the epoch, from 1, whose weights the model has; null if they are the last step's
 * @param trainingRows how many rows were trained on, the first ones
 * @param evaluation the model's metrics on the validation rows; null if there are none
 */
public record Training(
    Model model,
    History history,
    StopReason stopReason,
    @Nullable Integer bestEpoch,
    int trainingRows,
    @Nullable Evaluation evaluation) {}
