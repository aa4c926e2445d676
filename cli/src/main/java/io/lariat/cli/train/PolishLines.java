package io.lariat.cli.train;

import io.lariat.cli.run.DataRun;
import io.lariat.cli.terminal.Gauge;
import io.lariat.cli.words.Text;
import io.lariat.optimality.ObjectivePolish;

/** Shows how far a polish is. */
final class PolishLines implements ObjectivePolish.Progress, AutoCloseable {
  private final Gauge gauge;
  private int iteration;
  private double residual;

  /** Of a run's polish. */
  PolishLines(DataRun run) {
    gauge = new Gauge(run.output().err(), run.output().isQuiet(), "polishing");
  }

  @Override
  public void onIteration(int number, double lambdas) {
    iteration = number;
    residual = lambdas;
  }

  @Override
  public void onPass(long passes) {
    gauge.say(
        () ->
            Text.of(
                "polishing: KKT residual %.2g lambda at iteration %d; rows passed over %,d times",
                residual, iteration, passes));
  }

  @Override
  public void close() {
    gauge.close();
  }
}
