package io.lariat.benchmarks;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Prints a benchmark's rate as a share of one core's peak, which is measured in the same process
 * right before and after each iteration: other machines' work on the same processor takes its toll
 * of both.
 */
@State(Scope.Thread)
public class ShareOfPeak {
  private final Shares shares = new Shares();
  private double peak;
  private double flops;
  private long start;

  /** Measures the peak, then starts the clock. */
  @Setup(Level.Iteration)
  public void measurePeak() {
    peak = peak() / 1e9;
    flops = 0;
    start = System.nanoTime();
  }

  /** The peak now, in flops a second. */
  double peak() {
    return FmaPeak.measure(60);
  }

  /** Counts work that was done. */
  void add(double flopsDone) {
    flops += flopsDone;
  }

  /** Takes the iteration's rate, unless it warmed up. */
  @TearDown(Level.Iteration)
  public void stop(IterationParams iteration) {
    double rate = flops / (System.nanoTime() - start);
    peak = (peak + peak() / 1e9) / 2;
    if (iteration.getType() == IterationType.MEASUREMENT) {
      shares.add(rate, peak);
    }
  }

  /** Prints medians, and the range of the shares. */
  @TearDown(Level.Trial)
  public void print() {
    shares.print("GFLOP/s", "one core's peak");
  }
}
