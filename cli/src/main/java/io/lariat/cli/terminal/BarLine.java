package io.lariat.cli.terminal;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** The last line of a terminal, in which a bar is drawn in place; the library calls it. */
final class BarLine implements ProgressBarConsumer {
  /** How often a bar is drawn. */
  private static final int REFRESH_MILLIS = 100;

  private static final int DEFAULT_WIDTH = 80;

  /** Back to the start of the line, and clear it. */
  static final String ERASE = "\r\u001b[K";

  private final PrintWriter err;

  BarLine(PrintWriter err) {
    this.err = err;
  }

  /** A bar in this line, of {@code most} steps; below 0 if that is not known. */
  ProgressBarBuilder bar(String label, long most) {
    return new ProgressBarBuilder()
        .setTaskName(label)
        .setInitialMax(most)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REFRESH_MILLIS)
        .setConsumer(this);
  }

  @Override
  public int getMaxRenderedLength() {
    String columns = System.getenv("COLUMNS");
    try {
      return columns == null ? DEFAULT_WIDTH : Math.max(20, Integer.parseInt(columns) - 1);
    } catch (NumberFormatException e) {
      return DEFAULT_WIDTH;
    }
  }

  /** Draws the bar; the library calls it from a thread of its own. */
  @Override
  public synchronized void accept(String rendered) {
    err.print(ERASE + rendered);
    err.flush();
  }

  /** Clears the line. */
  @Override
  public synchronized void close() {
    err.print(ERASE);
    err.flush();
  }

  /** Clears the line and prints above the bar meanwhile. */
  synchronized void printAbove(Runnable print) {
    close();
    print.run();
  }
}
