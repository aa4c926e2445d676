package io.lariat.cli.terminal;

import io.lariat.train.JobProgress;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows how many of many trainings are done: a bar on a terminal, else a line now and then. */
public final class JobLines implements JobProgress, AutoCloseable {
  private final boolean quiet;
  private final PrintWriter err;
  private final String label;
  private long lastNanos = System.nanoTime();
  private @Nullable ProgressBar bar;

  public JobLines(boolean quiet, PrintWriter err, String label) {
    this.quiet = quiet;
    this.err = err;
    this.label = label;
  }

  @Override
  public synchronized void finished(int done, int all) {
    if (quiet) {
      return;
    }
    if (Terminal.isInteractive()) {
      show(done, all);
    } else if (System.nanoTime() - lastNanos >= Terminal.SILENCE_NANOS && done < all) {
      lastNanos = System.nanoTime();
      err.printf(Locale.ROOT, "%s: %d of %d%n", label, done, all);
      err.flush();
    }
  }

  private void show(int done, int all) {
    if (bar == null) {
      bar = new BarLine(err).bar(label, all).build();
    }
    bar.stepTo(done);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
