package io.lariat.cli.train;

import io.lariat.cli.terminal.BarLine;
import io.lariat.train.Epoch;
import java.io.PrintWriter;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress on a terminal: a bar over all steps that stays below the epochs' rows. */
final class ProgressBarDisplay implements Progress {
  private final PrintWriter out;
  private final BarLine line;
  private final EpochLines lines;
  private final String label;
  private final int epochs;
  private @Nullable ProgressBar bar;

  ProgressBarDisplay(PrintWriter out, PrintWriter err, EpochLines lines, String label, int epochs) {
    this.out = out;
    this.line = new BarLine(err);
    this.lines = lines;
    this.label = label;
    this.epochs = epochs;
  }

  private ProgressBar start(int steps) {
    return new ProgressBarBuilder()
        .setTaskName(label)
        .setInitialMax((long) epochs * steps)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(BarLine.REFRESH_MILLIS)
        .setConsumer(line)
        .build();
  }

  @Override
  public void onStep(int epoch, int step, int steps) {
    if (bar == null) {
      bar = start(steps);
    }
    bar.stepTo((long) (epoch - 1) * steps + step);
    if (step == 1) {
      bar.setExtraMessage(" epoch " + epoch + "/" + epochs);
    }
  }

  @Override
  public Next onEpochEnd(Epoch epoch) {
    List<String> printed = lines.of(epoch);
    if (!printed.isEmpty()) {
      line.printAbove(
          () -> {
            printed.forEach(out::println);
            out.flush();
          });
    }
    return Next.CONTINUE;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
