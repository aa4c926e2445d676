package io.lariat.cli.path;

import io.lariat.backend.Activation;
import io.lariat.cli.options.HiddenActivation;
import io.lariat.cli.options.HiddenLayers;
import io.lariat.cli.options.KeptColumns;
import io.lariat.cli.options.Numbers;
import io.lariat.cli.options.OneOf;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Words;
import io.lariat.data.Dataset;
import io.lariat.model.Network;
import io.lariat.path.LambdaPath;
import io.lariat.path.LinearPath;
import io.lariat.path.NetworkPath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code path} that say which models, and how one is chosen. */
final class PathOptions {

  /** Reads how a lambda is chosen. */
  static final class Rule extends OneOf<LambdaPath.Rule> {
    Rule() {
      super(List.of(LambdaPath.Rule.ONE_SE, LambdaPath.Rule.MIN), Words::word);
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

  @Option(
      names = "--hidden",
      paramLabel = "UNITS,...",
      defaultValue = "128,64",
      converter = HiddenLayers.Converter.class,
      description =
          "Widths of the hidden layers; 'none' for a linear model, solved to the minimum"
              + " (default: ${DEFAULT-VALUE}).")
  HiddenLayers hidden;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      defaultValue = "relu",
      converter = HiddenActivation.class,
      completionCandidates = HiddenActivation.Candidates.class,
      description = "Of the hidden layers: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Activation activation;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "20",
      converter = Numbers.Count.class,
      description =
          "The most epochs of a network for each lambda, five times as many for the first; fewer"
              + " when the objective rests (default: ${DEFAULT-VALUE}).")
  int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "ROWS",
      defaultValue = "64",
      converter = Numbers.Count.class,
      description = "Rows of a network's mini-batch (default: ${DEFAULT-VALUE}).")
  int batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      defaultValue = "0.01",
      converter = Numbers.Positive.class,
      description = "Of a network's Adam (default: ${DEFAULT-VALUE}).")
  double learningRate;

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

  @Option(
      names = "--keep",
      paramLabel = "COLUMN",
      description =
          "Columns that are protected from the penalty, separated by commas; one whose name has a"
              + " comma in quotes: '\"a, b\",c'.")
  private List<String> keptLists = List.of();

  @Option(
      names = "--no-standardize",
      description = "Use features (and a regression's target) as they are; sparse rows always are.")
  boolean noStandardize;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "42",
      converter = Numbers.Seed.class,
      description = "Of the folds and the initial weights (default: ${DEFAULT-VALUE}).")
  long seed;

  /** The columns that {@code --keep} names. */
  List<String> keep() {
    return KeptColumns.names(keptLists);
  }

  /** Checks that the options go together. */
  void check() {
    var _ = keep(); // is well formed
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
    return hidden.units().isEmpty();
  }

  /** Fits the settings to the data: sparse rows are used as they are. */
  void adaptTo(Dataset data) {
    noStandardize |= data.sparseRows() != null;
  }

  /** The linear path that is asked for. */
  LinearPath linear() {
    LinearPath path = noStandardize ? LinearPath.unstandardized() : LinearPath.standardized();
    if (lambdas.values().isEmpty()) {
      path.lambdas(lambdas.count());
    } else {
      path.lambdas(lambdas.array());
    }
    return path.folds(crossValidates() ? folds : 0).l2(l2).keep(keep()).seed(seed);
  }

  /** The path of networks that is asked for. */
  NetworkPath networks(Network network) {
    NetworkPath path = NetworkPath.of(network);
    if (!noStandardize) {
      path.standardize();
    }
    if (lambdas.values().isEmpty()) {
      path.lambdas(lambdas.count());
    } else {
      path.lambdas(lambdas.array());
    }
    if (group) {
      path.byColumn();
    }
    return path.folds(crossValidates() ? folds : 0)
        .l2(l2)
        .keep(keep())
        .seed(seed)
        .epochs(epochs)
        .batchSize(batchSize)
        .learningRate(learningRate);
  }

  /** Adds the settings that determine the path. */
  void describe(Map<String, Object> settings) {
    settings.put("lambdas", lambdas.toString());
    settings.put("folds", crossValidates() ? folds : 0);
    settings.put("hidden", hidden.toString());
    if (!isLinear()) {
      settings.put("activation", Words.word(activation));
      settings.put("group", group);
      settings.put("epochs", epochs);
      settings.put("batch_size", batchSize);
      settings.put("learning_rate", learningRate);
    }
    settings.put("l2", l2);
    if (!keptLists.isEmpty()) {
      settings.put("keep", KeptColumns.text(keep()));
    }
    settings.put("standardize", !noStandardize);
    settings.put("seed", seed);
  }
}
