package io.lariat.cli.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Shows on standard error how far something is: by a bar where that is a terminal, else by a line
 * whenever nothing has been said for a while.
 */
public final class Gauge implements AutoCloseable {
  private static final long SILENCE_NANOS = 10_000_000_000L;
  private static final long REDRAW_NANOS = 100_000_000L;

  /** What is over sooner has no bar in megabytes. */
  private static final long AT_ONCE_NANOS = 200_000_000L;

  private static final long MEGABYTE = 1_000_000;

  private final PrintWriter err;
  private final boolean quiet;
  private final String label;
  private final boolean inMegabytes;

  /** Null: what is printed cannot be redrawn. */
  private final @Nullable BarLine line;

  private final long startNanos = System.nanoTime();
  private long lastNanos = startNanos;
  private @Nullable ProgressBar bar;
  private boolean isDrawn;

  /** Of what {@code label} says is done; shows nothing if {@code quiet}. */
  public Gauge(PrintWriter err, boolean quiet, String label) {
    this(err, quiet, label, false);
  }

  Gauge(PrintWriter err, boolean quiet, String label, boolean inMegabytes) {
    this.err = err;
    this.quiet = quiet;
    this.label = label;
    this.inMegabytes = inMegabytes;
    line = Terminal.isInteractive() ? new BarLine(err) : null;
  }

  /**
   * Shows that so much is done.
   *
   * @param all of how much; below 0 if that is not known
   * @param text says it in a line
   */
  public synchronized void show(long done, long all, Supplier<String> text) {
    if (quiet) {
      return;
    }
    if (line == null) {
      if (done != all) {
        say(text);
      }
      return;
    }
    if (bar == null && !(inMegabytes && System.nanoTime() - startNanos < AT_ONCE_NANOS)) {
      ProgressBarBuilder builder = line.bar(label, all);
      bar = (inMegabytes ? builder.setUnit(" MB", MEGABYTE).showSpeed() : builder).build();
    }
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  /** Shows a few words beside the bar, if there is one. */
  public synchronized void beside(String words) {
    if (bar != null) {
      bar.setExtraMessage(words);
    }
  }

  /** Shows a text in place of a bar, unless another has been shown just now. */
  public synchronized void say(Supplier<String> text) {
    long now = System.nanoTime();
    if (quiet || now - lastNanos < (line == null ? SILENCE_NANOS : REDRAW_NANOS)) {
      return;
    }
    lastNanos = now;
    if (line != null) {
      line.accept(text.get());
      isDrawn = true;
    } else {
      err.println(text.get());
      err.flush();
    }
  }

  /** Prints lines that stay, above a bar if there is one. */
  public synchronized void print(PrintWriter out, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    lastNanos = System.nanoTime();
    Runnable print =
        () -> {
          lines.forEach(out::println);
          out.flush();
        };
    if (line != null && !quiet) {
      line.printAbove(print);
    } else {
      print.run();
    }
  }

  /** Takes away what is only of the moment. */
  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    } else if (isDrawn && line != null) {
      line.close();
    }
  }
}
