package io.lariat.cli.terminal;

import io.lariat.cli.words.Text;
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
    if (now - lastNanos >= Terminal.SILENCE_NANOS && (read < total || total == 0)) {
      lastNanos = now;
      String of = total == 0 ? "" : Text.of(" of %.0f", total / MEGABYTE);
      err.printf(Locale.ROOT, "reading: %.0f%s MB%n", read / MEGABYTE, of);
      err.flush();
    }
  }
}
