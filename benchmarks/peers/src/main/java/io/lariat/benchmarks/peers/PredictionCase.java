package io.lariat.benchmarks.peers;

import java.util.List;
import java.util.Locale;

/**
 * A prediction by {@code features - 128 relu - 64 relu - 1 sigmoid}.
 *
 * @param features the inputs
 * @param batch the rows of a call
 */
record PredictionCase(int features, int batch) implements BenchmarkCase {

  static final List<PredictionCase> ALL =
      List.of(
          new PredictionCase(30, 1),
          new PredictionCase(784, 1),
          new PredictionCase(30, 1024),
          new PredictionCase(784, 1024));

  @Override
  public String id() {
    return "predict-" + features + "-" + batch;
  }

  @Override
  public String title() {
    return String.format(Locale.ROOT, "%d-128-64-1, batch %d", features, batch);
  }

  @Override
  public double multiplyAdds() {
    return batch * (features * 128.0 + 128 * 64 + 64);
  }

  @Override
  public List<Integer> threads() {
    return List.of(1);
  }

  /** A training case with this network, and rows to predict from. */
  TrainingCase likeTraining() {
    return new TrainingCase(id(), features, 128, 64, batch, batch);
  }
}
