package io.lariat.benchmarks.peers;

/** An engine that predicts, the rows where it likes to have them. */
non-sealed interface PredictionPeer extends Peer {

  /** Predicts all rows, the result within reach of Java. */
  void predict();

  /** What {@link #predict} found: a probability a row. */
  float[] probabilities();

  @Override
  default void run(StepClock clock) {
    clock.time(this::predict);
  }
}
