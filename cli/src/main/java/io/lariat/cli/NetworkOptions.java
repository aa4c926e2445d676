package io.lariat.cli;

import io.lariat.backend.Activation;
import io.lariat.backend.Penalty;
import io.lariat.data.Dataset;
import io.lariat.data.Target;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of {@code train} that make the network. */
final class NetworkOptions {

  /** Which layers' kernels have the penalty. */
  enum Penalized {
    /** All but the head's. */
    HIDDEN,
    /** The head's too. */
    ALL
  }

  @Option(
      names = "--hidden",
      paramLabel = "UNITS,...",
      defaultValue = "128,64",
      converter = HiddenLayers.Converter.class,
      description = "Widths of the hidden layers; 'none' for none (default: ${DEFAULT-VALUE}).")
  HiddenLayers hidden;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      defaultValue = "relu",
      converter = Words.HiddenActivation.class,
      description = "Of the hidden layers: relu, tanh or softplus (default: ${DEFAULT-VALUE}).")
  Activation activation;

  @Option(
      names = "--l1",
      paramLabel = "LAMBDA",
      defaultValue = "0.001",
      converter = Numbers.NotNegative.class,
      description = "Penalty LAMBDA * sum |w| on kernels (default: ${DEFAULT-VALUE}).")
  double l1;

  @Option(
      names = "--l2",
      paramLabel = "LAMBDA",
      defaultValue = "0",
      converter = Numbers.NotNegative.class,
      description = "Penalty LAMBDA * sum w^2 on kernels (default: ${DEFAULT-VALUE}).")
  double l2;

  @Option(
      names = "--penalize",
      paramLabel = "LAYERS",
      defaultValue = "hidden",
      converter = Words.Penalized.class,
      description = "Which layers' kernels: hidden or all (default: ${DEFAULT-VALUE}).")
  Penalized penalize;

  @Option(
      names = "--dropout",
      paramLabel = "SHARE",
      defaultValue = "0",
      converter = Numbers.Share.class,
      description =
          "Share of each hidden layer's outputs that is dropped in training"
              + " (default: ${DEFAULT-VALUE}).")
  double dropout;

  /** Checks that the options go together. */
  void check() {
    if (dropout > 0 && hidden.units().isEmpty()) {
      throw Failure.usage("--dropout drops outputs of hidden layers, and there are none");
    }
  }

  /** The network for {@code data}: the hidden layers and the head that its task needs. */
  Network network(Dataset data) {
    Penalty penalty = new Penalty(l1, l2);
    Network network = Network.of(data.features());
    for (int units : hidden.units()) {
      network = network.dense(units, activation, penalty);
      if (dropout > 0) {
        network = network.dropout(dropout);
      }
    }
    Target target = data.schema().target();
    Activation head =
        switch (target.task()) {
          case BINARY -> Activation.SIGMOID;
          case MULTICLASS -> Activation.SOFTMAX;
          case REGRESSION -> Activation.IDENTITY;
        };
    network =
        network.dense(target.outputs(), head, penalize == Penalized.ALL ? penalty : Penalty.NONE);
    try {
      new ParameterLayout(network);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          "--hidden " + hidden + " with " + data.features() + " features: " + e.getMessage());
    }
    return network;
  }

  /** A line on what the penalty leaves out; empty if nothing. */
  List<String> notes() {
    boolean penalty = l1 > 0 || l2 > 0;
    return penalty && hidden.units().isEmpty() && penalize == Penalized.HIDDEN
        ? List.of("there is no hidden layer to penalise; --penalize all penalises the output layer")
        : List.of();
  }

  /** Adds the settings that determine the model. */
  void describe(Map<String, Object> settings) {
    settings.put("hidden", hidden.toString());
    settings.put("activation", Words.word(activation));
    settings.put("l1", l1);
    settings.put("l2", l2);
    settings.put("penalize", Words.word(penalize));
    settings.put("dropout", dropout);
  }
}
