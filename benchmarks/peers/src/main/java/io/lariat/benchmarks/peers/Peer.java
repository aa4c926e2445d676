package io.lariat.benchmarks.peers;

/** An engine, made ready for one case. */
sealed interface Peer extends AutoCloseable permits TrainingPeer, PredictionPeer, ProductPeer {

  /** Which version it is and what it found: {@code simd (512-bit vectors, 1 thread)}. */
  String description();

  /** Does over and over what is timed, until {@code clock} has seen enough. */
  void run(StepClock clock);

  /** Frees what it holds. */
  @Override
  void close();
}
