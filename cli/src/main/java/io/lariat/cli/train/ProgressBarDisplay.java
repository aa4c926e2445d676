package io.lariat.cli.train;

import io.lariat.cli.terminal.BarLine;
import io.lariat.train.Epoch;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Progress on a terminal: a bar over all steps that stays below the epochs' rows. */
final class ProgressBarDisplay implements Progress {
  private final PrintWriter out;
  private final BarLine line;
  private final Function<Epoch, List<String>> lines;
  private final String label;
  private final int epochs;
  private @Nullable ProgressBar bar;

  ProgressBarDisplay(
      PrintWriter out,
      PrintWriter err,
      Function<Epoch, List<String>> lines,
      String label,
      int epochs) {
    this.out = out;
    this.line = new BarLine(err);
    this.lines = lines;
    this.label = label;
    this.epochs = epochs;
  }

  @Override
  public void onStep(int epoch, int step, int steps) {
    if (bar == null) {
      bar = line.bar(label, (long) epochs * steps).build();
    }
    bar.stepTo((long) (epoch - 1) * steps + step);
    if (step == 1) {
      bar.setExtraMessage(" epoch " + epoch + "/" + epochs);
    }
  }

  @Override
  public Next onEpochEnd(Epoch epoch) {
    List<String> printed = lines.apply(epoch);
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
