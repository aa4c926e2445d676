package io.lariat.cli;

import io.lariat.data.Dataset;
import io.lariat.data.Target;
import io.lariat.model.Head;
import io.lariat.model.Heads;
import io.lariat.model.Layer;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import java.io.PrintWriter;
import java.util.Locale;

/** What {@code train} says before the first epoch. */
final class Introduction {
  private Introduction() {}

  /** Prints it. */
  static void print(
      PrintWriter out,
      Dataset data,
      Network network,
      NetworkOptions networkOptions,
      TrainingOptions trainingOptions,
      String backend) {
    line(out, "data", data(data, Heads.of(network.loss())));
    line(out, "network", network(network));
    line(
        out,
        "training",
        String.format(
            Locale.ROOT,
            "%s, learning rate %s, batches of %s; %s",
            Words.word(trainingOptions.optimizer),
            trainingOptions.learningRate,
            Figures.count(trainingOptions.batchSize, "row"),
            penalty(network, networkOptions, trainingOptions)));
    line(out, "backend", backend);
    out.println();
    out.flush();
  }

  /** The file, its size and its target. */
  static String data(Dataset data, Head head) {
    Target target = data.schema().target();
    return String.format(
        Locale.ROOT,
        "%s: %s, %s, %s target '%s'%s",
        data.source(),
        Figures.count(data.rows(), "row"),
        Figures.count(data.features(), "feature"),
        head.name(),
        target.name(),
        head.among(target));
  }

  static void line(PrintWriter out, String label, String text) {
    out.println(String.format(Locale.ROOT, "%-9s ", label) + Failures.oneLine(text));
  }

  /** The widths and activations, and the number of parameters. */
  static String network(Network network) {
    StringBuilder text = new StringBuilder();
    text.append(Figures.count(network.inputs(), "input"));
    for (Layer layer : network.layers()) {
      text.append(" - ").append(layer.units()).append(' ').append(Words.word(layer.activation()));
      if (layer.dropout() > 0) {
        text.append(" (dropout ").append(layer.dropout()).append(')');
      }
    }
    int parameters = new ParameterLayout(network).size();
    return text + ", " + Figures.count(parameters, "parameter");
  }

  private static String penalty(
      Network network, NetworkOptions options, TrainingOptions trainingOptions) {
    if (!network.isPenalized()) {
      return "no penalty";
    }
    return options.penaltyInWords() + ", " + Words.word(trainingOptions.penalty);
  }
}
