package io.lariat.benchmarks.peers;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.backend.PenaltyMethod;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Weights;
import io.lariat.train.Cancellation;
import io.lariat.train.Trainer;
import io.lariat.train.TrainingCallback;
import java.util.Arrays;

/**
 * Lariat through its public API. A step's time is that between two calls of {@link
 * TrainingCallback#onStep}; the first step of an epoch bears what is done between epochs.
 */
final class LariatTraining implements TrainingPeer {
  private final TrainingCase trainingCase;
  private final PenaltyMethod method;
  private final TrainingData data;
  private final Weights weights;
  private final Backend backend;

  /** Opens the backend of that name. */
  LariatTraining(TrainingCase trainingCase, String backend, PenaltyMethod method, int threads) {
    this.trainingCase = trainingCase;
    this.method = method;
    this.data = TrainingData.of(trainingCase);
    this.weights = InitialWeights.of(trainingCase).forLariat(trainingCase.network());
    this.backend = Backends.open(backend, new BackendOptions(threads));
  }

  private Trainer trainer(int epochs) {
    return Trainer.on(backend)
        .epochs(epochs)
        .batchSize(trainingCase.batch())
        .penaltyMethod(method)
        .initialWeights(weights);
  }

  private static Dataset dataset(TrainingData rows) {
    return Dataset.of(rows.x(), rows.features(), rows.y(), Task.BINARY);
  }

  @Override
  public String description() {
    return backend.description();
  }

  /** The trainer's own order of rows cannot be set, so the rows are put in order beforehand. */
  @Override
  public double[] verifiedLosses() {
    int[] order = Batches.verifiedOrder(trainingCase);
    int steps = trainingCase.verifiedSteps();
    int stepsOfAnEpoch = order.length / trainingCase.batch();
    int epochs = (steps + stepsOfAnEpoch - 1) / stepsOfAnEpoch;
    double[] losses =
        trainer(epochs)
            .shuffle(false)
            .fit(trainingCase.network(), dataset(data.inOrder(order)))
            .history()
            .stepLosses();
    return Arrays.copyOf(losses, steps);
  }

  @Override
  public void run(StepClock clock) {
    Dataset rows = dataset(data);
    int stepsOfAnEpoch = trainingCase.rows() / trainingCase.batch();
    while (clock.isRunning()) {
      Cancellation enough = new Cancellation();
      trainer(Math.max(1, TrainingCase.STEPS_OF_A_RUN / stepsOfAnEpoch))
          .cancellation(enough)
          .callback(new Ticking(clock, enough))
          .fit(trainingCase.network(), rows);
    }
  }

  @Override
  public void close() {
    backend.close();
  }

  /**
   * Lets the clock tick after every step, and starts it after the first, which {@code fit} is in.
   */
  private static final class Ticking implements TrainingCallback {
    private final StepClock clock;
    private final Cancellation enough;
    private boolean started;

    Ticking(StepClock clock, Cancellation enough) {
      this.clock = clock;
      this.enough = enough;
    }

    @Override
    public void onStep(int epoch, int step, int steps) {
      if (!started) {
        started = true;
        clock.start();
      } else if (!clock.tick()) {
        enough.cancel();
      }
    }
  }
}
