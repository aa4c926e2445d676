package io.lariat.cli.train;

import io.lariat.cli.terminal.Gauge;
import io.lariat.data.Dataset;
import io.lariat.model.Heads;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.train.Epoch;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;

/**
 * How the progress of a training is shown.
 *
 * @param quiet not at all
 * @param out gets the epochs' rows
 * @param err gets what is only of the moment
 */
record ProgressStyle(boolean quiet, PrintWriter out, PrintWriter err) {

  /** The progress of the training itself: a row an epoch. */
  EpochProgress rows(Dataset data, Network network, TrainingOptions options) {
    String metric = Heads.of(network.loss()).metric().name();
    EpochTable table =
        new EpochTable(metric, options.validates(), new ParameterLayout(network).kernels());
    return progress(
        "training",
        options,
        epoch ->
            epoch.number() == 1
                ? List.of(table.header(), table.row(epoch))
                : List.of(table.row(epoch)));
  }

  /** The progress of the twin without penalties: no rows. */
  EpochProgress twin(TrainingOptions options) {
    return progress("twin without penalties", options, epoch -> List.of());
  }

  /** The progress of a polish. */
  PolishLines polish() {
    return new PolishLines(new Gauge(err, quiet, "polishing"));
  }

  private EpochProgress progress(
      String label, TrainingOptions options, Function<Epoch, List<String>> rows) {
    Gauge gauge = new Gauge(err, quiet, label);
    return new EpochProgress(gauge, out, label, options.epochs.value(), rows);
  }
}
