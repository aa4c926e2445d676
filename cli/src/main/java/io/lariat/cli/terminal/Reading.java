package io.lariat.cli.terminal;

import io.lariat.data.ReadProgress;
import java.io.PrintWriter;

/** Shows how far the reading of a file has come, until closed. */
public interface Reading extends ReadProgress, AutoCloseable {

  /** Takes away what is only of the moment, such as a bar. */
  @Override
  default void close() {}

  /** Shows it on {@code err}: by lines, or a bar where that is a terminal; if quiet by nothing. */
  static Reading on(PrintWriter err, boolean quiet) {
    if (quiet) {
      return (read, total) -> {};
    }
    return Terminal.isInteractive() ? new ReadingBar(err) : new ReadingLines(err);
  }
}
