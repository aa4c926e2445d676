package io.lariat.cli.train;

import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Introduction;
import io.lariat.cli.words.Text;
import io.lariat.data.Dataset;
import io.lariat.model.Heads;
import io.lariat.model.Network;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** What {@code train} says before the first epoch. */
final class TrainIntroduction {

  private TrainIntroduction() {}

  /** Prints it. */
  static void print(
      PrintWriter out,
      Dataset data,
      @Nullable Dataset validation,
      Network network,
      TrainOptions options,
      String backend) {
    Introduction.line(out, "data", Introduction.data(data, Heads.of(network.loss())));
    if (validation != null) {
      String rows = validation.source() + ": " + Figures.count(validation.rows(), "row");
      Introduction.line(out, "validation", rows);
    }
    Introduction.line(out, "network", Introduction.network(network));
    Introduction.line(
        out,
        "training",
        Text.of(
            "%s, learning rate %s%s, batches of %s; %s",
            Text.word(options.training.optimizer),
            options.training.learningRate.value(),
            options.training.schedule.inBrackets(),
            Figures.count(options.training.batchSize.value(), "row"),
            penalty(network, options)));
    Introduction.line(out, "backend", backend);
    out.println();
    out.flush();
  }

  private static String penalty(Network network, TrainOptions options) {
    if (!network.isPenalized()) {
      return "no penalty";
    }
    return options.network.penaltyInWords() + ", " + Text.word(options.training.penalty);
  }
}
