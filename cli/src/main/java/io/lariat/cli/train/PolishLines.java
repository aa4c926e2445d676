package io.lariat.cli.train;

import io.lariat.cli.terminal.BarLine;
import io.lariat.cli.terminal.Terminal;
import io.lariat.cli.words.Text;
import io.lariat.optimality.ObjectivePolish;
import java.io.PrintWriter;

/** Shows how far a polish is: a line that is redrawn on a terminal, else a line now and then. */
final class PolishLines implements ObjectivePolish.Progress, AutoCloseable {
  private static final long REFRESH_NANOS = 100_000_000L;

  private final boolean quiet;
  private final PrintWriter err;
  private final BarLine line;
  private final boolean isInteractive = Terminal.isInteractive();
  private int iteration;
  private double residual;
  private long lastNanos = System.nanoTime();

  PolishLines(boolean quiet, PrintWriter err) {
    this.quiet = quiet;
    this.err = err;
    this.line = new BarLine(err);
  }

  @Override
  public void onIteration(int number, double lambdas) {
    iteration = number;
    residual = lambdas;
  }

  @Override
  public void onPass(long passes) {
    long now = System.nanoTime();
    long pause = isInteractive ? REFRESH_NANOS : Terminal.SILENCE_NANOS;
    if (quiet || now - lastNanos < pause) {
      return;
    }
    lastNanos = now;
    String text =
        Text.of(
            "polishing: KKT residual %.2g lambda at iteration %d; rows passed over %,d times",
            residual, iteration, passes);
    if (isInteractive) {
      line.accept(text);
    } else {
      err.println(text);
      err.flush();
    }
  }

  @Override
  public void close() {
    if (!quiet && isInteractive) {
      line.close();
    }
  }
}
