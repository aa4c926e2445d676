package io.lariat.cli.train;

import io.lariat.cli.options.BackendOption;
import io.lariat.cli.options.DataOptions;
import io.lariat.cli.options.FolderOptions;
import io.lariat.cli.output.ModelFolder;
import io.lariat.model.Model;
import io.lariat.model.Network;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All options of {@code train} but those of what it says. */
final class TrainOptions {

  @Mixin DataOptions data;
  @Mixin NetworkOptions network;
  @Mixin TrainingOptions training;
  @Mixin PolishOptions polish;
  @Mixin BackendOption backend;
  @Mixin FolderOptions folder;

  @Option(
      names = "--no-compare",
      description = "Do not train the twin without penalties for the report.")
  private boolean noCompare;

  @Option(
      names = "--compact",
      description = "Write the model without its dead inputs and units; see 'lariat compact'.")
  boolean compact;

  /**
   * Checks that the options go together, and reads the model that is trained on, if one is.
   *
   * @param given which options were given
   * @return that model; null: none
   */
  @Nullable Model check(Predicate<String> given) {
    training.check(given);
    @Nullable Model from = training.from == null ? null : ModelFolder.load(training.from);
    if (from != null) {
      data.under(from);
      network.take(from.network(), given);
    }
    data.check();
    network.check();
    polish.check(training);
    backend.check();
    if (training.validation != null) {
      folder.requireNoInput(training.validation);
    }
    return from;
  }

  /** Whether {@code trained} is compared with its twin without penalties. */
  boolean compares(Network trained) {
    return !noCompare && trained.isPenalized();
  }

  /** Adds the settings that determine the model besides the data. */
  void describeModel(Map<String, Object> settings) {
    network.describe(settings);
    training.describe(settings);
    polish.describe(settings);
  }

  /** Adds what is made of the model. */
  void describeUse(Map<String, Object> settings) {
    settings.put("compare", !noCompare);
    settings.put("compact", compact);
  }
}
