package io.lariat.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Adds two columns to a benchmark's results: GFLOP/s, and its share of the peak that was measured
 * in the same process right before the same iteration.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class ShareOfPeak {
  private double peak;
  private double flops;
  private long start;

  /** Measures the peak, then starts the clock. */
  @Setup(Level.Iteration)
  public void measurePeak() {
    peak = FmaPeak.measure(60);
    flops = 0;
    start = System.nanoTime();
  }

  /** Counts work that was done. */
  void add(double flopsDone) {
    flops += flopsDone;
  }

  /** The rate of this iteration. */
  public double gflops() {
    return flops / (System.nanoTime() - start);
  }

  /** The rate as a share of one core's peak. */
  public double shareOfPeak() {
    return gflops() * 1e9 / peak;
  }
}
