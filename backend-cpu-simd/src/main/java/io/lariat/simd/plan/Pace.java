package io.lariat.simd.plan;

/**
 * Whether the threads share a recorded step or the caller does it alone: whichever has been faster
 * lately. It tries the other way now and then, for a moment, and at once when the usual way has
 * become slow, as it does when another program takes a processor away.
 *
 * <p>Sharing pays if a step is long enough to make up for its barriers and for what the processors
 * take from each other's caches, and if there is a processor for each thread. No threshold knows
 * that beforehand: a step of 100 us was faster on one thread on one machine and on two on another.
 */
final class Pace {

  /** Steps of a trial; the first ones, which wake threads and fill caches, do not count. */
  static final int TRIAL_STEPS = 6;

  private static final int TRIAL_WARM_UP = 2;

  /** Steps until the next trial: this many at first, twice as many after each that was lost. */
  static final int SHORTEST_WAIT = 64;

  /**
   * At most this many: a trial that is hopeless from its first step to its third costs half a
   * percent. A virtual machine's two processors may be two threads of one core for seconds, with
   * nothing to be gained from sharing, and two cores again.
   */
  private static final int LONGEST_WAIT = 1024;

  /** How much faster the other way must be: less may be chance. */
  private static final double GAIN = 0.95;

  /** A trial is broken off when a step takes this many times as long as usual. */
  private static final double HOPELESS = 2;

  /** How much slower than when it was chosen the usual way must have become for a trial at once. */
  private static final double SLOWER = 1.3;

  /** The share of the newest time in the usual time. */
  private static final double NEWEST = 0.125;

  private boolean shared;
  private double usual;
  private double whenChosen = Double.POSITIVE_INFINITY;
  private int steps;
  private int wait = SHORTEST_WAIT;
  private int trial;
  private double tried;

  /** Shares from the first step on; else the caller begins alone. */
  void startShared() {
    shared = true;
  }

  /** How to do the next step. */
  boolean isShared() {
    return trial > 0 ? !shared : shared;
  }

  /** Takes the time of a step that was done as {@link #isShared} said. */
  void took(long nanos) {
    if (trial > 0) {
      tookOnTrial(nanos);
      return;
    }
    usual = usual == 0 ? nanos : usual + NEWEST * (nanos - usual);
    steps++;
    if (steps >= wait || (steps >= SHORTEST_WAIT && usual > SLOWER * whenChosen)) {
      trial = 1;
      tried = 0;
    }
  }

  private void tookOnTrial(long nanos) {
    if (trial > TRIAL_WARM_UP) {
      tried += nanos;
    }
    boolean isHopeless = trial > TRIAL_WARM_UP && nanos > HOPELESS * usual;
    if (trial < TRIAL_STEPS && !isHopeless) {
      trial++;
      return;
    }
    double mean = tried / (trial - TRIAL_WARM_UP);
    trial = 0;
    steps = 0;
    if (mean < GAIN * usual) {
      shared = !shared;
      usual = mean;
      wait = SHORTEST_WAIT;
    } else {
      wait = Math.min(LONGEST_WAIT, 2 * wait);
    }
    whenChosen = usual;
  }
}
