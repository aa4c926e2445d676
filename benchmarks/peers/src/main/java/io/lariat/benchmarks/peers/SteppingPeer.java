package io.lariat.benchmarks.peers;

/** An engine that takes one training step when told to. */
interface SteppingPeer extends TrainingPeer {

  /** What it trains. */
  TrainingCase trainingCase();

  /** Sets the weights to {@link InitialWeights} and forgets what the optimizer knows. */
  void restart();

  /** Gathers these rows of the training set and takes a step; computes the loss as well. */
  void step(int[] rows);

  /** The loss, penalty included, that the last step found before its update. */
  double loss();

  @Override
  default double[] verifiedLosses() {
    restart();
    Batches batches = Batches.verified(trainingCase());
    double[] losses = new double[trainingCase().verifiedSteps()];
    for (int i = 0; i < losses.length; i++) {
      step(batches.next());
      losses[i] = loss();
    }
    return losses;
  }

  @Override
  default void run(StepClock clock) {
    Batches batches = Batches.shuffled(trainingCase());
    while (clock.isRunning()) {
      restart();
      int steps = TrainingCase.STEPS_OF_A_RUN;
      clock.start();
      do {
        step(batches.next());
        steps--;
      } while (clock.tick() && steps > 0);
    }
  }
}
