package io.lariat.cli.path;

import io.lariat.backend.Activation;
import io.lariat.cli.options.HiddenLayers;
import io.lariat.cli.options.KeepOption;
import io.lariat.cli.options.Numbers;
import io.lariat.cli.options.OneOf;
import io.lariat.cli.options.SharedOption;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Text;
import io.lariat.data.Dataset;
import io.lariat.model.Head;
import io.lariat.model.Network;
import io.lariat.path.LambdaPath;
import io.lariat.path.LinearPath;
import io.lariat.path.NetworkPath;
import io.lariat.path.PathSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code path} that say which models, and how one is chosen. */
final class PathOptions {

  /** Reads how a lambda is chosen. */
  static final class Rule extends OneOf<LambdaPath.Rule> {
    Rule() {
      super(List.of(LambdaPath.Rule.ONE_SE, LambdaPath.Rule.MIN));
    }

    @Override
    protected String word(LambdaPath.Rule rule) {
      return Text.word(rule);
    }
  }

  @Option(
      names = "--lambdas",
      paramLabel = "N|LAMBDA,...",
      defaultValue = "50",
      converter = PathLambdas.Converter.class,
      description =
          "How many, evenly spaced on a logarithmic scale from the least that leaves no feature, or"
              + " which ones, in any order (default: ${DEFAULT-VALUE}).")
  PathLambdas lambdas;

  @Option(
      names = "--folds",
      paramLabel = "N",
      defaultValue = "5",
      converter = Numbers.CountOrZero.class,
      description =
          "Folds of the cross-validation; 0 or 1 for none, and then no lambda is chosen"
              + " (default: ${DEFAULT-VALUE}).")
  int folds;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      converter = Rule.class,
      description =
          "Which lambda the model has: 1se, the largest whose mean validation loss is within one"
              + " standard error of the least, or min, that of the least (default: 1se).")
  LambdaPath.@Nullable Rule rule;

  @Mixin
  private final SharedOption<HiddenLayers> hidden =
      SharedOption.hidden(
          "UNITS,...",
          "128,64",
          "Widths of the hidden layers; 'none' for a linear model, solved to the minimum");

  @Mixin private final SharedOption<Activation> activation = SharedOption.activation();

  @Mixin
  private final SharedOption<Integer> epochs =
      SharedOption.epochs(
          "20",
          "The most epochs of a network for each lambda, five times as many for the first; fewer"
              + " when the objective rests");

  @Mixin
  private final SharedOption<Integer> batchSize =
      SharedOption.batchSize("64", "Rows of a network's mini-batch");

  @Mixin
  private final SharedOption<Double> learningRate =
      SharedOption.learningRate("0.01", "Of a network's Adam");

  @Option(
      names = "--l2",
      paramLabel = "LAMBDA2",
      defaultValue = "0",
      converter = Numbers.NotNegative.class,
      description =
          "The elastic net's penalty LAMBDA2 * sum w^2, the same at every lambda"
              + " (default: ${DEFAULT-VALUE}).")
  double l2;

  @Option(
      names = "--group",
      description =
          "Penalise a network's first kernel by input columns, LAMBDA * sum sqrt(rows) * ||w||, so"
              + " that a column leaves as a whole.")
  boolean group;

  @Mixin final KeepOption keep = new KeepOption("are protected from the penalty");

  @Mixin
  private final SharedOption<Boolean> noStandardize =
      SharedOption.noStandardize(
          "Use features (and a regression's target) as they are; sparse rows always are.");

  @Mixin
  private final SharedOption<Long> seed = SharedOption.seed("Of the folds and the initial weights");

  /** Checks that the options go together. */
  void check() {
    var _ = keep.names(); // is well formed
    if (group && isLinear()) {
      throw Failure.usage("--group is for networks; a linear model has one weight a feature");
    }
    if (!crossValidates() && rule != null) {
      throw Failure.usage(
          "--rule chooses by cross-validation, and --folds " + folds + " asks for none");
    }
  }

  /** Whether there is a cross-validation. */
  boolean crossValidates() {
    return folds > 1;
  }

  /** The rule to choose by. */
  LambdaPath.Rule rule() {
    return rule == null ? LambdaPath.Rule.ONE_SE : rule;
  }

  /** Whether the models have no hidden layer. */
  boolean isLinear() {
    return hidden.value().units().isEmpty();
  }

  /** The network for {@code data}, without penalties. */
  Network network(Dataset data, Head head) {
    return hidden.value().network(data, activation.value(), head);
  }

  /** About how many epochs all its trainings have: they rest long before theirs are used up. */
  double epochs() {
    return Math.max(1, (double) lambdas.count() * (folds + 1) * epochs.value() / 4);
  }

  /** Fits the settings to the data: sparse rows are used as they are. */
  void adaptTo(Dataset data) {
    if (data.sparseRows() != null) {
      noStandardize.set(true);
    }
  }

  /** The linear path that is asked for. */
  LinearPath linear() {
    return set(noStandardize.value() ? LinearPath.unstandardized() : LinearPath.standardized());
  }

  /** The path of networks that is asked for. */
  NetworkPath networks(Network network) {
    NetworkPath path = NetworkPath.of(network);
    if (!noStandardize.value()) {
      path.standardize();
    }
    if (group) {
      path.byColumn();
    }
    return set(path)
        .epochs(epochs.value())
        .batchSize(batchSize.value())
        .learningRate(learningRate.value());
  }

  /** Sets what paths of all models have. */
  private <S extends PathSettings<S>> S set(S path) {
    if (lambdas.values().isEmpty()) {
      path.lambdas(lambdas.count());
    } else {
      path.lambdas(lambdas.array());
    }
    return path.folds(crossValidates() ? folds : 0).l2(l2).keep(keep.names()).seed(seed.value());
  }

  /** Adds the settings that determine the path. */
  void describe(Map<String, Object> settings) {
    settings.put("lambdas", lambdas.toString());
    settings.put("folds", crossValidates() ? folds : 0);
    settings.put("hidden", hidden.value().toString());
    if (!isLinear()) {
      settings.put("activation", Text.word(activation.value()));
      settings.put("group", group);
      settings.put("epochs", epochs.value());
      settings.put("batch_size", batchSize.value());
      settings.put("learning_rate", learningRate.value());
    }
    settings.put("l2", l2);
    keep.describe(settings);
    settings.put("standardize", !noStandardize.value());
    settings.put("seed", seed.value());
  }
}
