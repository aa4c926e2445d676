package io.lariat.benchmarks.peers;

/** An engine that trains, the training set in its own memory. */
non-sealed interface TrainingPeer extends Peer {

  /** The losses, penalty included, of the first {@link TrainingCase#verifiedSteps} steps. */
  double[] verifiedLosses();
}
