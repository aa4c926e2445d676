package io.lariat.benchmarks.peers;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.data.Schema;
import io.lariat.data.Target;
import io.lariat.data.Task;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.Predictor;
import java.util.List;
import java.util.Map;

/** A {@link Predictor} on the SIMD backend, from and to arrays. */
final class LariatPrediction implements PredictionPeer {
  private final Backend backend = Backends.open("simd", new BackendOptions(1));
  private final Predictor predictor;
  private final float[] rows;
  private final float[] probabilities;

  /** A model with the initial weights. */
  LariatPrediction(PredictionCase c) {
    TrainingCase like = c.likeTraining();
    Network network = like.network();
    Target target = new Target("y", Task.BINARY, List.of("0", "1"));
    Model model =
        new Model(
            network,
            InitialWeights.of(like).forLariat(network),
            Schema.unnamed(c.features(), target),
            null,
            null,
            Map.of());
    predictor = Predictor.of(model, backend);
    rows = TrainingData.of(like).x();
    probabilities = new float[c.batch()];
  }

  @Override
  public String description() {
    return "Predictor";
  }

  @Override
  public void predict() {
    predictor.predict(rows, probabilities.length, probabilities);
  }

  @Override
  public float[] probabilities() {
    return probabilities;
  }

  @Override
  public void close() {
    predictor.close();
    backend.close();
  }
}
