package io.lariat.cli.train;

import io.lariat.backend.Loss;
import io.lariat.backend.PenaltyMethod;
import io.lariat.cli.options.Numbers;
import io.lariat.cli.words.CertificateText;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.InDouble;
import io.lariat.data.Dataset;
import io.lariat.model.Certificate;
import io.lariat.model.Heads;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.optimality.ObjectivePolish;
import io.lariat.train.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of {@code train} that say whether the trained model is polished. */
final class PolishOptions {
  private static final String DEFAULT_TOLERANCE = "1e-6";

  /**
   * A model without hidden layers is polished unasked up to so many weights times rows: a matter of
   * seconds. 5,000 rows of 784 features and 10 classes are 39 million, and minutes.
   */
  private static final double MOST_UNASKED = 1e7;

  /** Gives {@code --polish} its default where what follows is no number but the next argument. */
  static final class OptionalNumber implements IParameterPreprocessor {
    @Override
    @SuppressWarnings("JdkObsolete") // picocli's signature
    public boolean preprocess(
        Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      boolean isAttached = !String.valueOf(info.getOrDefault("separator", "")).isBlank();
      if (!isAttached && (args.isEmpty() || !args.peek().matches("[-+]?[.]?[0-9].*"))) {
        args.push(DEFAULT_TOLERANCE);
      }
      return false;
    }
  }

  @Option(
      names = "--polish",
      arity = "0..1",
      paramLabel = "TOL",
      fallbackValue = DEFAULT_TOLERANCE,
      preprocessor = OptionalNumber.class,
      converter = Numbers.Positive.class,
      description =
          "After training go on with all rows in double precision, dropout off, until the residual"
              + " of the optimality conditions is TOL of lambda (default: ${FALLBACK-VALUE}); the"
              + " model keeps exact weights and a certificate. The default without hidden layers,"
              + " where the result is the Lasso, for the proximal method.")
  private @Nullable Double asked;

  @Option(names = "--no-polish", description = "Leave the model as training leaves it.")
  private boolean never;

  private boolean polishes;
  private @Nullable String passedOver;

  /** Checks that the options go together. */
  void check(TrainingOptions training) {
    if (asked != null && never) {
      throw Failure.usage("--polish and --no-polish exclude each other");
    }
    if (asked != null && training.patience != null) {
      throw Failure.usage(
          "--polish goes on to the optimum, which undoes --early-stopping; leave one of them out");
    }
  }

  /** Whether to polish {@code network}; fails if that was asked for and cannot be done. */
  boolean decide(Network network, Dataset data, TrainingOptions training) {
    boolean isLasso =
        network.layers().size() == 1
            && network.isPenalized()
            && training.penalty == PenaltyMethod.PROXIMAL
            && training.from == null // which the exact Lasso of these rows would forget
            && training.patience == null;
    if (never || (asked == null && !isLasso)) {
      return false;
    }
    @Nullable String obstacle = obstacle(network, data);
    if (asked != null && obstacle != null) {
      throw Failure.run("--polish: " + obstacle);
    }
    double work = (double) data.rows() * new ParameterLayout(network).kernels();
    if (asked == null && obstacle == null && work > MOST_UNASKED) {
      obstacle = "it is large, so that would take long; --polish does it";
    }
    passedOver = obstacle;
    polishes = obstacle == null;
    return polishes;
  }

  private static @Nullable String obstacle(Network network, Dataset data) {
    return network.loss().hasKink()
        ? "the loss of " + Heads.of(network.loss()) + " " + Loss.KINK
        : InDouble.obstacle(data);
  }

  /** The residual to reach, in units of lambda. */
  double tolerance() {
    return asked == null ? ObjectivePolish.DEFAULT_TOLERANCE : asked;
  }

  /** What there is to say of the polish of {@code run}, or of there being none. */
  List<String> notes(Training run) {
    List<String> notes = new ArrayList<>();
    @Nullable Certificate certificate = run.model().certificate();
    if (certificate != null) {
      notes.add(CertificateText.ending(certificate));
    } else if (polishes && run.stopReason().isCutOff()) {
      notes.add("not polished, as the training was stopped");
    } else if (passedOver != null) {
      notes.add("not polished to the exact Lasso: " + passedOver);
    }
    return notes;
  }

  /** Adds the settings that determine the model. */
  void describe(Map<String, Object> settings) {
    settings.put("polish", polishes ? tolerance() : "off");
  }
}
