package io.lariat.cli.train;

import io.lariat.backend.PenaltyMethod;
import io.lariat.cli.options.FilePath;
import io.lariat.cli.options.Numbers;
import io.lariat.cli.options.OneOf;
import io.lariat.cli.options.SharedOption;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Text;
import io.lariat.data.Dataset;
import io.lariat.model.Model;
import io.lariat.train.EarlyStopping;
import io.lariat.train.Optimizer;
import io.lariat.train.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code train} that say how the network is trained. */
final class TrainingOptions {

  /** The optimizers that can be named. */
  enum OptimizerName {
    ADAM,
    ADAMW,
    SGD,
    RMSPROP;

    /** Reads the word. */
    static final class Converter extends OneOf<OptimizerName> {
      Converter() {
        super(List.of(values()));
      }
    }
  }

  /** Reads how the penalty enters the update. */
  static final class Method extends OneOf<PenaltyMethod> {
    Method() {
      super(List.of(PenaltyMethod.PROXIMAL, PenaltyMethod.SUBGRADIENT));
    }
  }

  @Option(
      names = "--penalty",
      paramLabel = "METHOD",
      defaultValue = "proximal",
      converter = Method.class,
      description =
          "proximal: soft threshold after each step, makes exact zeros; subgradient: as Keras"
              + " (default: ${DEFAULT-VALUE}).")
  PenaltyMethod penalty;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      defaultValue = "adam",
      converter = OptimizerName.Converter.class,
      description = "adam, adamw, sgd or rmsprop (default: ${DEFAULT-VALUE}).")
  OptimizerName optimizer;

  @Mixin
  final SharedOption<Double> learningRate = SharedOption.learningRate("0.001", "Learning rate");

  @Option(
      names = "--weight-decay",
      paramLabel = "DECAY",
      converter = Numbers.NotNegative.class,
      description =
          "What adamw takes off each weight in a step, times the learning rate (default: 0.004).")
  @Nullable Double weightDecay;

  @Mixin ScheduleOptions schedule;

  @Option(
      names = "--momentum",
      paramLabel = "MU",
      defaultValue = "0",
      converter = Numbers.Share.class,
      description = "Momentum of sgd (default: ${DEFAULT-VALUE}).")
  double momentum;

  @Option(names = "--nesterov", description = "Nesterov's momentum; needs sgd and --momentum.")
  boolean nesterov;

  @Mixin
  final SharedOption<Integer> epochs =
      SharedOption.epochs("15", "How often every training row is seen");

  @Mixin
  final SharedOption<Integer> batchSize = SharedOption.batchSize("128", "Rows of a mini-batch");

  @Option(
      names = "--validation-split",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      converter = Numbers.Share.class,
      description =
          "Share of rows, the last ones of the file, kept for validation"
              + " (default: ${DEFAULT-VALUE}).")
  private double validationSplit;

  @Option(
      names = "--validation",
      paramLabel = "FILE",
      converter = FilePath.class,
      description =
          "Validate on the rows of this file, which has the data's columns, and train on all rows"
              + " of the data; in place of --validation-split.")
  @Nullable Path validation;

  @Option(
      names = "--no-shuffle",
      description = "Keep the training rows in the file's order instead of shuffling every epoch.")
  boolean noShuffle;

  @Mixin
  private final SharedOption<Boolean> noStandardize =
      SharedOption.noStandardize(
          "Use features (and a regression's target) as they are, not by mean and deviation of the"
              + " training rows; sparse rows always are.");

  @Mixin
  private final SharedOption<Long> seed =
      SharedOption.seed("Of initial weights, shuffling and dropout");

  @Option(
      names = "--init",
      paramLabel = "WEIGHTS.safetensors",
      converter = FilePath.class,
      description =
          "Start from the weights in this file instead of drawing them; they are taken for inputs"
              + " standardised by these training rows.")
  @Nullable Path init;

  @Option(
      names = "--from",
      paramLabel = "MODEL",
      converter = FilePath.class,
      description =
          "Train this model on: its columns (by name), classes, network, penalties, standardisation"
              + " and weights; inputs that are constant in the new rows keep their weights.")
  @Nullable Path from;

  @Option(
      names = "--early-stopping",
      paramLabel = "PATIENCE",
      converter = Numbers.CountOrZero.class,
      description =
          "Stop after PATIENCE epochs in a row in which the validation loss has not improved, and"
              + " restore the best weights.")
  @Nullable Integer patience;

  @Option(
      names = "--min-delta",
      paramLabel = "DELTA",
      defaultValue = "0",
      converter = Numbers.NotNegative.class,
      description = "Improvements up to this do not count (default: ${DEFAULT-VALUE}).")
  double minDelta;

  /** Whether there are rows that validate. */
  boolean validates() {
    return validation != null || validationSplit > 0;
  }

  /**
   * Checks that the options go together.
   *
   * @param given the names of options that were given
   */
  void check(Predicate<String> given) {
    if (validation != null) {
      if (given.test("--validation-split")) {
        throw Failure.usage(
            "--validation and --validation-split exclude each other; leave one of them out");
      }
      validationSplit = 0;
    }
    if (from != null && (init != null || noStandardize.value())) {
      throw Failure.usage(
          "--from brings weights and standardisation of its own; leave "
              + (init != null ? "--init" : "--no-standardize")
              + " out");
    }
    if (optimizer != OptimizerName.ADAMW && weightDecay != null) {
      throw Failure.usage(
          "--weight-decay: "
              + Text.word(optimizer)
              + " has none; use --optimizer adamw, or --l2 for a penalty");
    }
    if (learningRate.value() * weightDecay() > 1) {
      throw Failure.usage(
          "--weight-decay "
              + weightDecay()
              + " takes more off a weight than it has; use at most 1 / --learning-rate, "
              + 1 / learningRate.value());
    }
    schedule.check(epochs.value(), learningRate.value(), validates());
    if (optimizer != OptimizerName.SGD && momentum > 0) {
      throw Failure.usage("--momentum: " + Text.word(optimizer) + " has none; use --optimizer sgd");
    }
    if (optimizer != OptimizerName.SGD && nesterov) {
      throw Failure.usage(
          "--nesterov: " + Text.word(optimizer) + " has no momentum; use --optimizer sgd");
    }
    if (nesterov && momentum == 0) {
      throw Failure.usage("--nesterov needs a momentum; add for example --momentum 0.9");
    }
    if (patience == null && minDelta > 0) {
      throw Failure.usage("--min-delta is part of early stopping; add --early-stopping PATIENCE");
    }
    if (patience != null && !validates()) {
      throw Failure.usage(
          "--early-stopping needs validation rows; use a --validation-split above 0");
    }
  }

  /**
   * Fits the settings to the data: sparse rows are used as they are.
   *
   * @param model what is trained on; null: nothing
   */
  void adaptTo(Dataset data, @Nullable Model model) {
    if (model == null ? data.sparseRows() != null : model.standardization() == null) {
      noStandardize.set(true);
    }
  }

  /** A note on weights that were given; null: nothing to say. */
  @Nullable String note() {
    return init == null || noStandardize.value()
        ? null
        : "the weights of --init were taken for inputs standardised by mean and deviation of these"
            + " training rows; a model of other rows has its own: train it on with --from";
  }

  /** Sets {@code trainer} up. */
  Trainer apply(Trainer trainer) {
    trainer
        .epochs(epochs.value())
        .batchSize(batchSize.value())
        .optimizer(optimizer())
        .schedule(schedule.schedule(learningRate.value()))
        .penaltyMethod(penalty)
        .validationSplit(validationSplit)
        .shuffle(!noShuffle)
        .seed(seed.value());
    if (!noStandardize.value()) {
      trainer.standardize();
    }
    if (patience != null) {
      trainer.earlyStopping(new EarlyStopping(patience, minDelta, true));
    }
    return trainer;
  }

  private Optimizer optimizer() {
    double rate = learningRate.value();
    return switch (optimizer) {
      case ADAM -> Optimizer.adam(rate);
      case ADAMW -> Optimizer.adamW(rate, weightDecay());
      case RMSPROP -> Optimizer.rmsprop(rate);
      case SGD -> nesterov ? Optimizer.nesterov(rate, momentum) : Optimizer.sgd(rate, momentum);
    };
  }

  private double weightDecay() {
    return optimizer != OptimizerName.ADAMW ? 0 : weightDecay == null ? 0.004 : weightDecay;
  }

  /** Adds the settings that determine the model. */
  void describe(Map<String, Object> settings) {
    settings.put("penalty", Text.word(penalty));
    settings.put("optimizer", Text.word(optimizer));
    settings.put("learning_rate", learningRate.value());
    if (optimizer == OptimizerName.ADAMW) {
      settings.put("weight_decay", weightDecay());
    }
    schedule.describe(settings);
    settings.put("momentum", momentum);
    settings.put("nesterov", nesterov);
    settings.put("epochs", epochs.value());
    settings.put("batch_size", batchSize.value());
    settings.put("validation_split", validationSplit);
    if (validation != null) {
      settings.put("validation", "given");
    }
    settings.put("shuffle", !noShuffle);
    settings.put("standardize", !noStandardize.value());
    settings.put("seed", seed.value());
    settings.put("early_stopping", patience == null ? "off" : patience);
    settings.put("min_delta", minDelta);
  }
}
