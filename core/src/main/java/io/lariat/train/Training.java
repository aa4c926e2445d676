package io.lariat.train;

import io.lariat.data.Dataset;
import io.lariat.model.Certificate;
import io.lariat.model.Model;
import io.lariat.model.Weights;
import io.lariat.optimality.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A finished training.
 *
 * @param model the trained model
 * @param history its epochs; after a polish one more, which is the polish
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
    @Nullable Evaluation evaluation) {

  /**
   * This training with its model polished afterwards: with the metrics of {@code polished}, and an
   * epoch more, whose losses, metric and zeros are those of the polished weights.
   *
   * @param polished this training's model after a polish on its training rows, with its certificate
   * @param data what was trained on, with the rows that validated behind if they are of it
   * @param other the rows that validated otherwise; null: there are none
   * @param seconds how long the polish took
   */
  public Training polished(Model polished, Dataset data, @Nullable Dataset other, double seconds) {
    Certificate certificate = polished.certificate();
    if (certificate == null || certificate.data().used() != trainingRows) {
      throw new IllegalArgumentException(
          "polished: expected a model with a certificate of " + trainingRows + " rows");
    }
    Dataset rest = validated(data, other);
    Evaluation validation = rest == null ? null : Evaluation.of(polished, rest);
    Weights weights = polished.weights();
    List<Epoch> epochs = new ArrayList<>(history.epochs());
    epochs.add(
        new Epoch(
            epochs.size() + 1,
            certificate.dataLoss(),
            certificate.penalty(),
            metric(Evaluation.of(polished, data, 0, trainingRows)),
            validation == null
                ? null
                : new Epoch.Validation(
                    dataLoss(polished, Objects.requireNonNull(rest)),
                    certificate.penalty(),
                    metric(validation)),
            IntStream.range(0, weights.layout().layers())
                .mapToObj(i -> (long) weights.zeros(i))
                .toList(),
            (int) IntStream.range(0, polished.features()).filter(weights::usesInput).count(),
            seconds));
    return new Training(
        polished,
        new History(history.metric(), epochs, history.stepLosses(), history.learningRates()),
        stopReason,
        null,
        trainingRows,
        validation);
  }

  /** How many epochs were trained; a polish is none. */
  public int epochsRun() {
    return history.epochs().size() - (model.certificate() == null ? 0 : 1);
  }

  private double metric(Evaluation found) {
    return found.metrics().getOrDefault(history.metric(), Double.NaN);
  }

  /** The rows that validated, if any did. */
  private @Nullable Dataset validated(Dataset data, @Nullable Dataset other) {
    if (evaluation == null) {
      return null;
    }
    return other != null
        ? other.under(data.schema())
        : data.rows(IntStream.range(trainingRows, data.rows()).toArray());
  }

  private static double dataLoss(Model model, Dataset data) {
    return Objective.of(
            model.network(),
            data,
            data.rows(),
            model.standardization(),
            model.targetStandardization())
        .dataLoss(model.weights().doubles());
  }
}
