package io.lariat.cli.train;

import io.lariat.cli.options.Numbers;
import io.lariat.cli.options.OneOf;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Text;
import io.lariat.train.Schedule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code train} that say how the learning rate goes. */
final class ScheduleOptions {

  /** The schedules that can be named. */
  enum Name {
    CONSTANT,
    STEP,
    COSINE,
    PLATEAU;

    /** Reads one. */
    static final class Converter extends OneOf<Name> {
      Converter() {
        super(List.of(values()));
      }
    }
  }

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      defaultValue = "constant",
      converter = Name.Converter.class,
      description =
          "How the learning rate goes: constant, step (down after some epochs), cosine (to the end"
              + " of the training) or plateau (down where the validation loss no longer improves)"
              + " (default: ${DEFAULT-VALUE}).")
  Name schedule;

  @Option(
      names = "--step-epochs",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Epochs between two steps down (default: 10).")
  @Nullable Integer stepEpochs;

  @Option(
      names = "--rate-factor",
      paramLabel = "FACTOR",
      converter = Numbers.Factor.class,
      description = "What step and plateau multiply the learning rate by (default: 0.1).")
  @Nullable Double factor;

  @Option(
      names = "--warmup-epochs",
      paramLabel = "N",
      converter = Numbers.CountOrZero.class,
      description = "Epochs in which cosine goes up from 0 first (default: 0).")
  @Nullable Integer warmupEpochs;

  @Option(
      names = "--plateau-patience",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Epochs without improvement that plateau waits for (default: 10).")
  @Nullable Integer plateauPatience;

  @Option(
      names = "--least-rate",
      paramLabel = "RATE",
      converter = Numbers.NotNegative.class,
      description = "Where cosine ends, and plateau at the latest (default: 0).")
  @Nullable Double leastRate;

  /** Checks that the options go together, and with others of the training. */
  void check(int epochs, double learningRate, boolean validates) {
    requirePart("--step-epochs", stepEpochs, Name.STEP);
    requirePart("--rate-factor", factor, Name.STEP, Name.PLATEAU);
    requirePart("--warmup-epochs", warmupEpochs, Name.COSINE);
    requirePart("--plateau-patience", plateauPatience, Name.PLATEAU);
    requirePart("--least-rate", leastRate, Name.COSINE, Name.PLATEAU);
    if (schedule == Name.COSINE && warmup() >= epochs) {
      throw Failure.usage(
          "--warmup-epochs "
              + warmup()
              + " leaves none of "
              + epochs
              + " epochs for the cosine; warm up in fewer, or use more --epochs");
    }
    if (schedule == Name.PLATEAU && !validates) {
      throw Failure.usage(
          "--schedule plateau needs validation rows; use a --validation-split above 0");
    }
    if (least() > learningRate) {
      throw Failure.usage(
          "--least-rate " + least() + " is above the --learning-rate, " + learningRate);
    }
  }

  private void requirePart(String option, @Nullable Object given, Name... schedules) {
    List<Name> known = List.of(schedules);
    if (given != null && !known.contains(schedule)) {
      throw Failure.usage(
          option
              + " is part of --schedule "
              + String.join(" or ", known.stream().map(Text::word).toList())
              + "; add it, or leave "
              + option
              + " out");
    }
  }

  /** The schedule. */
  Schedule schedule(double learningRate) {
    return switch (schedule) {
      case CONSTANT -> Schedule.constant();
      case STEP -> Schedule.step(stairs(), factor());
      case COSINE -> new Schedule.Cosine(warmup(), least() / learningRate);
      case PLATEAU -> new Schedule.Plateau(factor(), patience(), 1e-4, 0, least());
    };
  }

  private int stairs() {
    return stepEpochs == null ? 10 : stepEpochs;
  }

  private double factor() {
    return factor == null ? 0.1 : factor;
  }

  private int warmup() {
    return warmupEpochs == null ? 0 : warmupEpochs;
  }

  private int patience() {
    return plateauPatience == null ? 10 : plateauPatience;
  }

  private double least() {
    return leastRate == null ? 0 : leastRate;
  }

  /** Its name behind the learning rate; nothing if that is constant. */
  String inBrackets() {
    return schedule == Name.CONSTANT ? "" : " (" + Text.word(schedule) + ")";
  }

  /** Adds the settings that determine the model; none where the learning rate is constant. */
  void describe(Map<String, Object> settings) {
    if (schedule == Name.CONSTANT) {
      return;
    }
    settings.put("schedule", Text.word(schedule));
    switch (schedule) {
      case STEP -> settings.put("step_epochs", stairs());
      case COSINE -> settings.put("warmup_epochs", warmup());
      default -> settings.put("plateau_patience", patience());
    }
    if (schedule != Name.COSINE) {
      settings.put("rate_factor", factor());
    }
    if (schedule != Name.STEP) {
      settings.put("least_rate", least());
    }
  }
}
