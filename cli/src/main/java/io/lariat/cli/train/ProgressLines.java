package io.lariat.cli.train;

import io.lariat.cli.terminal.Terminal;
import io.lariat.train.Epoch;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Progress where nothing can be redrawn: a row an epoch, and a line now and then in long ones. */
final class ProgressLines implements Progress {
  private final PrintWriter out;
  private final PrintWriter err;
  private final Function<Epoch, List<String>> lines;
  private final String label;
  private final int epochs;
  private long lastNanos = System.nanoTime();

  ProgressLines(
      PrintWriter out,
      PrintWriter err,
      Function<Epoch, List<String>> lines,
      String label,
      int epochs) {
    this.out = out;
    this.err = err;
    this.lines = lines;
    this.label = label;
    this.epochs = epochs;
  }

  @Override
  public void onStep(int epoch, int step, int steps) {
    long now = System.nanoTime();
    if (now - lastNanos >= Terminal.SILENCE_NANOS && step < steps) {
      lastNanos = now;
      err.printf(
          Locale.ROOT, "%s: epoch %d of %d, step %d of %d%n", label, epoch, epochs, step, steps);
      err.flush();
    }
  }

  @Override
  public Next onEpochEnd(Epoch epoch) {
    for (String line : lines.apply(epoch)) {
      out.println(line);
      lastNanos = System.nanoTime();
    }
    out.flush();
    return Next.CONTINUE;
  }

  @Override
  public void close() {}
}
