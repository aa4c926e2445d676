package io.lariat.cli.options;

import io.lariat.backend.Activation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * An option that commands share, declared here, as a mixin: each command gives its own default and
 * says in its own words what it is for.
 *
 * @param <T> the type of its value
 */
@Command
public final class SharedOption<T> implements IGetter, ISetter {
  private final OptionSpec.Builder option;
  private @Nullable T value;

  private SharedOption(String name, Class<T> type, String about) {
    option = OptionSpec.builder(name).type(type).description(about);
  }

  private static <T> SharedOption<T> of(
      String name,
      String label,
      Class<T> type,
      ITypeConverter<T> reads,
      String standard,
      String about) {
    SharedOption<T> shared =
        new SharedOption<>(name, type, about + " (default: ${DEFAULT-VALUE}).");
    shared.option.paramLabel(label).converters(reads).defaultValue(standard);
    return shared;
  }

  /** The hidden layers, of which {@code label} says how many there may be. */
  public static SharedOption<HiddenLayers> hidden(String label, String standard, String about) {
    return of("--hidden", label, HiddenLayers.class, new HiddenLayers.Converter(), standard, about);
  }

  /** The activation of the hidden layers. */
  public static SharedOption<Activation> activation() {
    HiddenActivation words = new HiddenActivation();
    SharedOption<Activation> shared =
        of(
            "--activation",
            "NAME",
            Activation.class,
            words,
            "relu",
            "Of the hidden layers: ${COMPLETION-CANDIDATES}");
    shared.option.completionCandidates(words);
    return shared;
  }

  /** How many epochs, or how many at the most. */
  public static SharedOption<Integer> epochs(String standard, String about) {
    return of("--epochs", "N", Integer.class, new Numbers.Count(), standard, about);
  }

  /** The rows of a mini-batch. */
  public static SharedOption<Integer> batchSize(String standard, String about) {
    return of("--batch-size", "ROWS", Integer.class, new Numbers.Count(), standard, about);
  }

  /** The learning rate. */
  public static SharedOption<Double> learningRate(String standard, String about) {
    return of("--learning-rate", "RATE", Double.class, new Numbers.Positive(), standard, about);
  }

  /** The seed of all that {@code about} names. */
  public static SharedOption<Long> seed(String about) {
    return of("--seed", "SEED", Long.class, new Numbers.Seed(), "42", about);
  }

  /** Whether features are taken as they are. */
  public static SharedOption<Boolean> noStandardize(String about) {
    SharedOption<Boolean> shared = new SharedOption<>("--no-standardize", Boolean.class, about);
    shared.option.arity("0").defaultValue("false");
    return shared;
  }

  @Spec
  void declare(CommandSpec mixin) {
    mixin.addOption(option.getter(this).setter(this).build());
  }

  /** What was given, else the default. */
  public T value() {
    return Objects.requireNonNull(value);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // picocli's signature
  public <V> @Nullable V get() {
    return (V) value;
  }

  @Override
  @SuppressWarnings("unchecked") // what picocli's converter made
  public <V> @Nullable V set(@Nullable V next) {
    V before = (V) value;
    value = (T) next;
    return before;
  }
}
