package io.lariat.benchmarks.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Times steps, after a warm-up. Steps that are too short to be timed alone are timed in groups.
 *
 * <p>The warm-up is over when the clock and the processor time of this process have both seen that
 * much: where other programs keep the machine busy, the JIT compiler may not have had its turn.
 *
 * <p>The caller {@link #start}s the clock before the first step and after every pause, and {@link
 * #tick}s after every step until it is told that this is enough.
 */
final class StepClock {
  private static final double LONG_ENOUGH = 20e-6;
  private static final int GROUP = 64;
  private static final int LEAST_WARM_UP = 5;

  /** A process that gets less than this share of a core is not waited for. */
  private static final double LEAST_SHARE = 0.05;

  private static final int LEAST_OBSERVATIONS = 9;

  private final double warmUpNanos;
  private final double nanos;
  private double[] micros = new double[1 << 12];
  private int observations;
  private int group = 1;
  private int inGroup;
  private long last;
  private double elapsed;
  private int warmUpSteps;
  private long processorNanosAtStart = -1;
  private boolean warm;
  private boolean done;

  /** Warms up for so many seconds, then observes for so many. */
  StepClock(double warmUpSeconds, double seconds) {
    this.warmUpNanos = warmUpSeconds * 1e9;
    this.nanos = seconds * 1e9;
  }

  /** Whether more steps are wanted. */
  boolean isRunning() {
    return !done;
  }

  /** The next step begins now; whatever happened since the last one counts nowhere. */
  void start() {
    if (processorNanosAtStart < 0) {
      processorNanosAtStart = processorNanos();
    }
    inGroup = 0;
    last = System.nanoTime();
  }

  /** A step has ended, and the next one begins; false if no more are wanted. */
  boolean tick() {
    if (++inGroup < group) {
      return true;
    }
    long now = System.nanoTime();
    elapsed += now - last;
    if (warm) {
      observe((now - last) * 1e-3 / group);
    } else {
      warmUp();
    }
    inGroup = 0;
    last = now;
    return !done;
  }

  /** Runs {@code step} until the clock has seen enough. */
  void time(Runnable step) {
    start();
    do {
      step.run();
    } while (tick());
  }

  private void warmUp() {
    warmUpSteps++;
    if (elapsed >= warmUpNanos && warmUpSteps >= LEAST_WARM_UP && hadItsTurn()) {
      warm = true;
      group = elapsed * 1e-9 / warmUpSteps < LONG_ENOUGH ? GROUP : 1;
      elapsed = 0;
    }
  }

  private boolean hadItsTurn() {
    return processorNanos() - processorNanosAtStart >= warmUpNanos
        || elapsed >= warmUpNanos / LEAST_SHARE;
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private void observe(double value) {
    if (observations == micros.length) {
      micros = Arrays.copyOf(micros, 2 * observations);
    }
    micros[observations++] = value;
    done = elapsed >= nanos && observations >= LEAST_OBSERVATIONS;
  }

  /** What was observed. */
  Timing timing() {
    double[] sorted = Arrays.copyOf(micros, observations);
    Arrays.sort(sorted);
    return new Timing(
        quantile(sorted, 0.5),
        quantile(sorted, 0.1),
        quantile(sorted, 0.9),
        Arrays.stream(sorted).average().orElse(Double.NaN),
        observations);
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /**
   * Microseconds a step.
   *
   * @param median half of the observations were shorter
   * @param p10 a tenth was
   * @param p90 nine tenths were
   * @param mean the mean
   * @param observations how many there were
   */
  record Timing(double median, double p10, double p90, double mean, int observations) {}
}
