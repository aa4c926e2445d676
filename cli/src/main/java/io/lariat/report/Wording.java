package io.lariat.report;

import io.lariat.backend.Penalty;
import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Text;
import io.lariat.model.Heads;
import io.lariat.model.Layer;
import io.lariat.model.Metric;
import io.lariat.model.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the report calls things: the two runs, the layers, the penalties, the target. */
final class Wording {
  /** Fewer rows than this call for a word of caution. */
  private static final int FEW_ROWS = 500;

  private final Network network;

  Wording(Network network) {
    this.network = network;
  }

  /** The penalties in the network: {@code L1}, {@code L2} or {@code L1, L2 and group L1}. */
  private String penalty() {
    boolean l1 = network.layers().stream().anyMatch(l -> l.penalty().l1() > 0);
    boolean l2 = network.layers().stream().anyMatch(l -> l.penalty().l2() > 0);
    boolean group = network.layers().stream().anyMatch(l -> l.penalty().group() > 0);
    List<String> kinds = new ArrayList<>();
    if (l1) {
      kinds.add("L1");
    }
    if (l2) {
      kinds.add("L2");
    }
    if (group) {
      kinds.add("group L1");
    }
    return kinds.isEmpty() ? "a penalty" : Text.list(kinds, "and");
  }

  /** What the reported run is called beside its twin: {@code with L1}. */
  String with() {
    return network.isPenalized() ? "with " + penalty() : "this run";
  }

  /** What the twin is called: {@code without L1}. */
  String without() {
    return "without " + penalty();
  }

  /** The shape of the network: {@code 30–128–64–1}. */
  String shape() {
    StringBuilder shape = new StringBuilder().append(network.inputs());
    network.layers().forEach(l -> shape.append('\u2013').append(l.units()));
    return shape.toString();
  }

  /** One sentence on what is penalised by how much. */
  String penalties() {
    Map<Penalty, List<String>> layers = new LinkedHashMap<>();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      if (!layer.penalty().isNone()) {
        layers.computeIfAbsent(layer.penalty(), _ -> new ArrayList<>()).add(Layer.name(i));
      }
    }
    if (layers.isEmpty()) {
      return "No weight is penalised.";
    }
    List<String> parts = new ArrayList<>();
    layers.forEach(
        (p, names) -> parts.add(strength(p) + " on the weights of " + Text.list(names, "and")));
    return "The loss adds a penalty: " + String.join("; ", parts) + ".";
  }

  private static String strength(Penalty p) {
    List<String> parts = new ArrayList<>();
    if (p.l1() > 0) {
      parts.add("L1 with \u03bb = " + Figures.setting(p.l1()));
    }
    if (p.l2() > 0) {
      parts.add("L2 with \u03bb = " + Figures.setting(p.l2()));
    }
    if (p.group() > 0) {
      parts.add("group L1 with \u03bb = " + Figures.setting(p.group()));
    }
    return Text.list(parts, "and");
  }

  /** What the data loss is, as a noun. */
  String loss() {
    return Heads.of(network.loss()).lossName();
  }

  /** That figures of few rows are rough; empty if there are enough. */
  static String caution(int rows, String kind, Metric metric) {
    if (rows >= FEW_ROWS) {
      return "";
    }
    String rough = Text.of("With %s the figures are rough", Figures.count(rows, kind));
    return metric.isShare()
        ? Text.of(
            "%s: one row more or less moves the accuracy by %s.", rough, Figures.share(1.0 / rows))
        : rough + ".";
  }

  /** With a capital first letter. */
  static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
