package io.lariat.cli.terminal;

import io.lariat.cli.words.Text;
import io.lariat.data.ReadProgress;
import java.io.PrintWriter;

/** Shows how far the reading of a file has come, until closed. */
public final class Reading implements ReadProgress, AutoCloseable {
  private static final double MEGABYTE = 1e6;

  private final Gauge gauge;

  /** Shows it on {@code err}, unless {@code quiet}. */
  public Reading(PrintWriter err, boolean quiet) {
    gauge = new Gauge(err, quiet, "reading", true);
  }

  @Override
  public void bytesRead(long read, long total) {
    gauge.show(
        read,
        total > 0 ? total : -1,
        () ->
            Text.of(
                "reading: %.0f%s MB",
                read / MEGABYTE, total == 0 ? "" : Text.of(" of %.0f", total / MEGABYTE)));
  }

  /** Takes away what is only of the moment, such as a bar. */
  @Override
  public void close() {
    gauge.close();
  }
}
