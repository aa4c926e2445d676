package io.lariat.benchmarks.peers;

/** An engine that multiplies matrices, all three of them in its memory. */
non-sealed interface ProductPeer extends Peer {

  /** Multiplies. */
  void multiply();

  /** What {@link #multiply} found, {@code [m x n]} row-major. */
  float[] product();

  @Override
  default void run(StepClock clock) {
    clock.time(this::multiply);
  }
}
