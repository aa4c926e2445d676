package io.lariat.cli.train;

import io.lariat.cli.run.DataRun;
import io.lariat.cli.terminal.Gauge;
import io.lariat.cli.words.Text;
import io.lariat.train.Epoch;
import io.lariat.train.TrainingCallback;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;

/** Shows how a training goes on, until closed: how far it is, and rows of its epochs. */
final class EpochProgress implements TrainingCallback, AutoCloseable {
  private final Gauge gauge;
  private final PrintWriter out;
  private final String label;
  private final int epochs;
  private final Function<Epoch, List<String>> rows;

  /**
   * Of one of a run's trainings.
   *
   * @param label which
   * @param rows what to print of an epoch
   */
  EpochProgress(DataRun run, String label, int epochs, Function<Epoch, List<String>> rows) {
    gauge = new Gauge(run.output().err(), run.output().isQuiet(), label);
    out = run.out();
    this.label = label;
    this.epochs = epochs;
    this.rows = rows;
  }

  @Override
  public void onStep(int epoch, int step, int steps) {
    gauge.show(
        (long) (epoch - 1) * steps + step,
        (long) epochs * steps,
        () -> Text.of("%s: epoch %d of %d, step %d of %d", label, epoch, epochs, step, steps));
    if (step == 1) {
      gauge.beside(" epoch " + epoch + "/" + epochs);
    }
  }

  @Override
  public Next onEpochEnd(Epoch epoch) {
    gauge.print(out, rows.apply(epoch));
    return Next.CONTINUE;
  }

  @Override
  public void close() {
    gauge.close();
  }
}
