package io.lariat.cli.train;

import io.lariat.backend.Activation;
import io.lariat.backend.Penalty;
import io.lariat.cli.options.HiddenLayers;
import io.lariat.cli.options.KeepOption;
import io.lariat.cli.options.Numbers;
import io.lariat.cli.options.OneOf;
import io.lariat.cli.options.SharedOption;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Text;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.model.Head;
import io.lariat.model.InputGroup;
import io.lariat.model.Layer;
import io.lariat.model.Network;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code train} that make the network. */
final class NetworkOptions {

  private static final double DEFAULT_L1 = 0.001;

  /** Which layers' kernels have the penalty. */
  enum Penalized {
    /** All but the head's; the head's too where there is no hidden layer. */
    HIDDEN,
    /** The head's too, always. */
    ALL;

    /** Reads the word. */
    static final class Converter extends OneOf<Penalized> {
      Converter() {
        super(List.of(values()));
      }
    }
  }

  private static final List<String> OPTIONS =
      List.of(
          "--hidden",
          "--activation",
          "--l1",
          "--l2",
          "--group",
          "--penalize",
          "--keep",
          "--dropout");

  @Mixin
  private final SharedOption<HiddenLayers> hidden =
      SharedOption.hidden("UNITS,...", "128,64", "Widths of the hidden layers; 'none' for none");

  @Mixin private final SharedOption<Activation> activation = SharedOption.activation();

  @Option(
      names = "--l1",
      paramLabel = "LAMBDA",
      converter = Numbers.NotNegative.class,
      description = "Penalty LAMBDA * sum |w| on kernels (default: 0.001).")
  @Nullable Double l1;

  @Option(
      names = "--l2",
      paramLabel = "LAMBDA",
      defaultValue = "0",
      converter = Numbers.NotNegative.class,
      description = "Penalty LAMBDA * sum w^2 on kernels (default: ${DEFAULT-VALUE}).")
  double l2;

  @Option(
      names = "--group",
      paramLabel = "LAMBDA",
      defaultValue = "0",
      converter = Numbers.NotNegative.class,
      description =
          "Penalty LAMBDA * sqrt(inputs) * ||w|| on the first kernel, for each column: all weights"
              + " of a column's inputs go to zero or none. Takes the place of --l1 there, unless"
              + " --l1 is given too (default: ${DEFAULT-VALUE}).")
  double group;

  @Option(
      names = "--penalize",
      paramLabel = "LAYERS",
      defaultValue = "hidden",
      converter = Penalized.Converter.class,
      description =
          "Which layers' kernels: hidden or all; without hidden layers always the only one"
              + " (default: ${DEFAULT-VALUE}).")
  Penalized penalize;

  @Mixin private final KeepOption keep = new KeepOption("are protected from the penalty");

  @Option(
      names = "--dropout",
      paramLabel = "SHARE",
      defaultValue = "0",
      converter = Numbers.Share.class,
      description =
          "Share of each hidden layer's outputs that is dropped in training"
              + " (default: ${DEFAULT-VALUE}).")
  double dropout;

  private List<Integer> hidden() {
    return hidden.value().units();
  }

  /** Checks that the options go together. */
  void check() {
    var _ = keep.names(); // is well formed
    if (dropout > 0 && hidden().isEmpty()) {
      throw Failure.usage("--dropout drops outputs of hidden layers, and there are none");
    }
    if (keep.isGiven() && !isPenalized()) {
      throw Failure.usage(
          "--keep protects columns from the penalty, and --l1, --l2 and --group are all 0");
    }
  }

  /**
   * Takes the settings of a network that is trained on.
   *
   * @param given the names of options that were given
   * @throws Failure if one of them says what the network says already
   */
  void take(Network network, Predicate<String> given) {
    for (String option : OPTIONS) {
      if (given.test(option)) {
        throw Failure.usage(
            "--from takes network and penalties from the model; leave " + option + " out");
      }
    }
    List<Layer> layers = network.layers();
    Penalty first = layers.getFirst().penalty();
    boolean isLinear = layers.size() == 1;
    hidden.set(
        new HiddenLayers(layers.stream().limit(layers.size() - 1L).map(Layer::units).toList()));
    if (!isLinear) {
      activation.set(layers.getFirst().activation());
    }
    l1 = first.l1();
    l2 = first.l2();
    group = first.group();
    penalize = network.head().penalty().isNone() || isLinear ? Penalized.HIDDEN : Penalized.ALL;
    dropout = layers.getFirst().dropout();
  }

  /** The network for {@code data}: the hidden layers and the last one. */
  Network network(Dataset data, Head head) {
    Penalty first = new Penalty(firstL1(), l2, group);
    Penalty later = new Penalty(laterL1(), l2);
    Network network = Network.of(data.features());
    for (int units : hidden()) {
      network =
          network.dense(units, activation.value(), network.layers().isEmpty() ? first : later);
      if (dropout > 0) {
        network = network.dropout(dropout);
      }
    }
    Penalty ofHead = hidden().isEmpty() ? first : penalizesHead() ? later : Penalty.NONE;
    network = network.withHead(head, data.schema().target(), ofHead);
    if (keep.isGiven() || group > 0) {
      List<InputGroup> groups = groups(data);
      boolean areSingle = groups.stream().allMatch(InputGroup.SINGLE::equals);
      network = areSingle ? network : network.inputGroups(groups);
    }
    hidden.value().requireSize(network);
    return network;
  }

  private List<InputGroup> groups(Dataset data) {
    try {
      return InputGroup.ofColumns(data.schema(), keep.names());
    } catch (DataException e) {
      throw keep.failure(data, e);
    }
  }

  private boolean isPenalized() {
    return laterL1() > 0 || l2 > 0 || group > 0;
  }

  private double firstL1() {
    return l1 == null && group > 0 ? 0 : laterL1();
  }

  private double laterL1() {
    return l1 == null ? DEFAULT_L1 : l1;
  }

  private boolean penalizesHead() {
    return penalize == Penalized.ALL || hidden().isEmpty();
  }

  /** A few words on the penalty. */
  String penaltyInWords() {
    String where = penalize == Penalized.ALL ? "all layers" : "the hidden layers";
    if (group == 0) {
      return "penalty l1 " + laterL1() + ", l2 " + l2 + " on " + where;
    }
    String first =
        Text.of("penalty group %s, l1 %s, l2 %s on the first layer", group, firstL1(), l2);
    return penalizesLater() ? first + ", l1 " + laterL1() + ", l2 " + l2 + " on " + later() : first;
  }

  private String later() {
    return penalize == Penalized.ALL ? "all others" : "the other hidden layers";
  }

  /** Whether the penalty is on a layer behind the first. */
  private boolean penalizesLater() {
    return hidden().size() > 1 || (!hidden().isEmpty() && penalizesHead());
  }

  /** A line on what the penalty leaves out; empty if nothing. */
  List<String> notes() {
    if (group > 0 && laterL1() == 0 && l2 == 0 && !hidden().isEmpty()) {
      return List.of(
          "only the first layer is penalised, so scale can escape behind it: its weights shrink"
              + " while later ones grow; --l1 or --l2 above 0 with --penalize all prevents that");
    }
    return isPenalized() && !penalizesHead()
        ? List.of(
            "the output layer is not penalised, so scale can escape there: hidden weights shrink"
                + " while it grows; --penalize all prevents that")
        : List.of();
  }

  /** Adds the settings that determine the model. */
  void describe(Map<String, Object> settings) {
    settings.put("hidden", hidden.value().toString());
    settings.put("activation", Text.word(activation.value()));
    settings.put("l1", penalizesLater() ? laterL1() : firstL1());
    settings.put("l2", l2);
    if (group > 0) {
      settings.put("group", group);
    }
    if (penalizesLater() && firstL1() != laterL1()) {
      settings.put("l1_first_layer", firstL1());
    }
    settings.put("penalize", Text.word(penalize));
    keep.describe(settings);
    settings.put("dropout", dropout);
  }
}
