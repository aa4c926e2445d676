package io.lariat.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** The reading of a file where nothing can be redrawn: a line now and then. */
final class ReadingLines implements Reading {
  private static final double MEGABYTE = 1e6;

  private final PrintWriter err;
  private long lastNanos = System.nanoTime();

  ReadingLines(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void bytesRead(long read, long total) {
    long now = System.nanoTime();
    if (now - lastNanos >= ProgressLines.SILENCE_NANOS && read < total) {
      lastNanos = now;
      err.printf(Locale.ROOT, "reading: %.0f of %.0f MB%n", read / MEGABYTE, total / MEGABYTE);
      err.flush();
    }
  }

  @Override
  public void close() {}
}
