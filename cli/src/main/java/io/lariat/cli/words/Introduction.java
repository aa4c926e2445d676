package io.lariat.cli.words;

import io.lariat.data.Dataset;
import io.lariat.data.Target;
import io.lariat.model.Head;
import io.lariat.model.Layer;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import java.io.PrintWriter;

/** What a run says of its data and its network before it begins. */
public final class Introduction {
  private Introduction() {}

  /** The file, its size and its target. */
  public static String data(Dataset data, Head head) {
    Target target = data.schema().target();
    return Text.of(
        "%s: %s, %s, %s target '%s'%s",
        data.source(),
        Figures.count(data.rows(), "row"),
        Figures.count(data.features(), "feature"),
        head.name(),
        target.name(),
        head.among(target));
  }

  /** Prints a line with what it is about before it. */
  public static void line(PrintWriter out, String label, String text) {
    out.println(Text.of("%-9s ", label) + Text.oneLine(text));
  }

  /** The widths and activations, and the number of parameters. */
  public static String network(Network network) {
    StringBuilder text = new StringBuilder();
    text.append(Figures.count(network.inputs(), "input"));
    for (Layer layer : network.layers()) {
      text.append(" - ").append(layer.units()).append(' ').append(Text.word(layer.activation()));
      if (layer.dropout() > 0) {
        text.append(" (dropout ").append(layer.dropout()).append(')');
      }
    }
    int parameters = new ParameterLayout(network).size();
    return text + ", " + Figures.count(parameters, "parameter");
  }
}
