package io.lariat.benchmarks.gpu;

/** When something is to be over. */
final class Deadline {
  private final long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  /** So many seconds from now. */
  static Deadline in(double seconds) {
    return new Deadline(System.nanoTime() + (long) (1e9 * seconds));
  }

  /** The seconds that are left; negative if it is past. */
  double seconds() {
    return 1e-9 * (nanos - System.nanoTime());
  }
}
