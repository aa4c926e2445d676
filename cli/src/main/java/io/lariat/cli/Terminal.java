package io.lariat.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether standard error is a terminal that can redraw a line. */
final class Terminal {
  /** Set by a launcher that knows: {@value}. */
  static final String PROPERTY = "lariat.terminal";

  private Terminal() {}

  /** Whether a progress bar on standard error makes sense. */
  @SuppressWarnings("SystemConsoleNull") // Java 25 is back to null, whatever 22 to 24 did
  static boolean isInteractive() {
    String told = System.getProperty(PROPERTY);
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    // Java only tells about standard input and output together; where /proc exists it knows more.
    Path stderr = Path.of("/proc/self/fd/2");
    if (Files.isSymbolicLink(stderr)) {
      try {
        String device = Files.readSymbolicLink(stderr).toString();
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
      } catch (IOException e) {
        return false; // plain lines are always right
      }
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
