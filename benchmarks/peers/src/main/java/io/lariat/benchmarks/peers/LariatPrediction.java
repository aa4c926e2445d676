package io.lariat.benchmarks.peers;

import io.lariat.data.Schema;
import io.lariat.data.Target;
import io.lariat.data.Task;
import io.lariat.model.Model;
import io.lariat.model.Network;
import java.util.List;
import java.util.Map;

/** {@link Model#predict(float[], int, float[])} on arrays. */
final class LariatPrediction implements PredictionPeer {
  private final Model model;
  private final float[] rows;
  private final float[] probabilities;

  /** A model with the initial weights. */
  LariatPrediction(PredictionCase c) {
    TrainingCase like = c.likeTraining();
    Network network = like.network();
    Target target = new Target("y", Task.BINARY, List.of("0", "1"));
    model =
        new Model(
            network,
            InitialWeights.of(like).forLariat(network),
            Schema.unnamed(c.features(), target),
            null,
            null,
            Map.of());
    rows = TrainingData.of(like).x();
    probabilities = new float[c.batch()];
  }

  @Override
  public String description() {
    return "Model.predict";
  }

  @Override
  public void predict() {
    model.predict(rows, probabilities.length, probabilities);
  }

  @Override
  public float[] probabilities() {
    return probabilities;
  }

  @Override
  public void close() {}
}
