package io.lariat.cli.terminal;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A bar over the bytes of a file; none for a file that is read at once. */
final class ReadingBar implements Reading {
  private static final long AT_ONCE_NANOS = 200_000_000;
  private static final long MEGABYTE = 1_000_000;

  private final BarLine line;
  private final long startNanos = System.nanoTime();
  private @Nullable ProgressBar bar;

  ReadingBar(PrintWriter err) {
    line = new BarLine(err);
  }

  @Override
  public void bytesRead(long read, long total) {
    if (bar == null && System.nanoTime() - startNanos >= AT_ONCE_NANOS) {
      bar =
          line.bar("reading", total > 0 ? total : -1).setUnit(" MB", MEGABYTE).showSpeed().build();
    }
    if (bar != null) {
      bar.stepTo(read);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
