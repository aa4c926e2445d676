package io.lariat.cli.terminal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Hands what Lariat logs to the running command instead of java.util.logging, which would print two
 * lines for each to standard error and cost start-up time. Found by {@link
 * java.util.ServiceLoader}.
 */
public final class ProgramLog extends System.LoggerFinder {

  /** Receives log messages. */
  public interface Listener {
    /**
     * A message of level INFO or above.
     *
     * @param important whether it is a warning or an error
     */
    void message(boolean important, String message);
  }

  private static volatile Listener listener = (important, message) -> {};

  /** Made by the service loader. */
  public ProgramLog() {}

  /** Sets who hears of messages from now on. */
  public static void listener(Listener next) {
    listener = next;
  }

  @Override
  public Logger getLogger(String name, Module module) {
    return new Forwarding(name);
  }

  private record Forwarding(String name) implements Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return name.startsWith("io.lariat")
          ? level.compareTo(Level.INFO) >= 0
          : level.compareTo(Level.WARNING) >= 0;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (isLoggable(level) && level != Level.OFF) {
        String text = message == null ? "" : message;
        listener.message(
            level.compareTo(Level.WARNING) >= 0,
            thrown == null ? text : text + " (" + thrown + ")");
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... params) {
      if (isLoggable(level)) {
        boolean plain = format == null || params == null || params.length == 0;
        log(
            level,
            bundle,
            plain ? format : new MessageFormat(format, Locale.ROOT).format(params),
            (Throwable) null);
      }
    }
  }
}
