package io.lariat.cli;

import io.lariat.train.Epoch;
import java.io.PrintWriter;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress on a terminal: a bar over all steps that stays below the epochs' rows. */
final class ProgressBarDisplay implements Progress {
  private static final int REFRESH_MILLIS = 100;
  private static final int DEFAULT_WIDTH = 80;

  /** Back to the start of the line, and clear it. */
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final EpochLines lines;
  private final String label;
  private final int epochs;
  private final Object screen = new Object();
  private @Nullable ProgressBar bar;

  ProgressBarDisplay(PrintWriter out, PrintWriter err, EpochLines lines, String label, int epochs) {
    this.out = out;
    this.err = err;
    this.lines = lines;
    this.label = label;
    this.epochs = epochs;
  }

  /** Draws the bar in place; the library calls it from a thread of its own. */
  private final class Line implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      String columns = System.getenv("COLUMNS");
      try {
        return columns == null ? DEFAULT_WIDTH : Math.max(20, Integer.parseInt(columns) - 1);
      } catch (NumberFormatException e) {
        return DEFAULT_WIDTH;
      }
    }

    @Override
    public void accept(String rendered) {
      synchronized (screen) {
        err.print(ERASE + rendered);
        err.flush();
      }
    }

    @Override
    public void close() {
      synchronized (screen) {
        err.print(ERASE);
        err.flush();
      }
    }
  }

  private ProgressBar start(int steps) {
    return new ProgressBarBuilder()
        .setTaskName(label)
        .setInitialMax((long) epochs * steps)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REFRESH_MILLIS)
        .setConsumer(new Line())
        .build();
  }

  @Override
  public void onStep(int epoch, int step, int steps) {
    if (bar == null) {
      bar = start(steps);
    }
    bar.stepTo((long) (epoch - 1) * steps + step);
    if (step == 1) {
      bar.setExtraMessage(" epoch " + epoch + "/" + epochs);
    }
  }

  @Override
  public Next onEpochEnd(Epoch epoch) {
    synchronized (screen) {
      List<String> printed = lines.of(epoch);
      if (!printed.isEmpty()) {
        err.print(ERASE);
        err.flush();
      }
      printed.forEach(out::println);
      out.flush();
    }
    return Next.CONTINUE;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
