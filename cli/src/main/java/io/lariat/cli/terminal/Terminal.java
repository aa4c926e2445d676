package io.lariat.cli.terminal;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds out whether standard output is a terminal, and whether standard error can redraw a line.
 */
public final class Terminal {
  /** Set by a launcher that knows: {@value}. */
  static final String PROPERTY = "lariat.terminal";

  private Terminal() {}

  /** Whether a progress bar on standard error makes sense. */
  public static boolean isInteractive() {
    String told = System.getProperty(PROPERTY);
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    return isTerminal(2);
  }

  /** Whether what is printed goes to a terminal. */
  public static boolean showsOutput() {
    return isTerminal(1);
  }

  /** Java only tells about standard input and output together; where /proc exists it knows more. */
  @SuppressWarnings("SystemConsoleNull") // Java 25 is back to null, whatever 22 to 24 did
  private static boolean isTerminal(int descriptor) {
    Path stream = Path.of("/proc/self/fd/" + descriptor);
    if (Files.isSymbolicLink(stream)) {
      try {
        String device = Files.readSymbolicLink(stream).toString();
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
      } catch (IOException e) {
        return false; // plain lines are always right
      }
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
