package io.lariat.benchmarks.peers;

import java.util.Locale;

/** Says on standard error how a comparison goes on, each line with the minutes since its start. */
final class Progress {
  private final long start = System.nanoTime();

  /** Prints a line. */
  void say(String line) {
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    System.err.printf(Locale.ROOT, "%3d:%02d  %s%n", seconds / 60, seconds % 60, line);
  }
}
