package io.lariat.cuda;

import io.lariat.backend.Activation;
import io.lariat.backend.BinaryCrossEntropy;
import io.lariat.backend.CategoricalCrossEntropy;
import io.lariat.backend.Huber;
import io.lariat.backend.Loss;
import io.lariat.backend.MeanSquaredError;
import io.lariat.backend.Poisson;
import io.lariat.backend.Quantile;
import io.lariat.backend.UpdateRule;

/** The numbers by which the kernels know what is an enum or a record here. */
final class Codes {
  private static final int SGD = 0;
  private static final int MOMENTUM = 1;
  private static final int NESTEROV = 2;
  private static final int RMS_PROP = 3;
  private static final int ADAM = 4;

  private Codes() {}

  /** {@code enum Activation} in activations.cuh. */
  static int of(Activation f) {
    return switch (f) {
      case IDENTITY -> 0;
      case RELU -> 1;
      case SIGMOID -> 2;
      case TANH -> 3;
      case SOFTPLUS -> 4;
      case SOFTMAX -> 5;
      case GELU -> 6;
      case SILU -> 7;
      case ELU -> 8;
      case LEAKY_RELU -> 9;
      case EXP -> 10;
    };
  }

  /** {@code enum Loss} in losses.cuh. */
  static int of(Loss loss) {
    return switch (loss) {
      case BinaryCrossEntropy _ -> 0;
      case CategoricalCrossEntropy _ -> 1;
      case MeanSquaredError _ -> 2;
      case Huber _ -> 3;
      case Poisson _ -> 4;
      case Quantile _ -> 5;
    };
  }

  /** {@code struct RuleArgs} in updates.cuh. */
  static Arguments add(UpdateRule rule, Arguments arguments) {
    return switch (rule) {
      case UpdateRule.Sgd r ->
          numbers(
              arguments,
              r.stateRows() == 0 ? SGD : r.nesterov() ? NESTEROV : MOMENTUM,
              r.momentum(),
              0,
              0,
              0,
              0);
      case UpdateRule.RmsProp r ->
          numbers(arguments, RMS_PROP, r.rho(), 1 - r.rho(), 0, r.epsilon(), r.thresholdFloor(1));
      case UpdateRule.Adam r ->
          numbers(
              arguments,
              ADAM,
              r.beta1(),
              1 - r.beta1(),
              1 - r.beta2(),
              r.epsilon(),
              r.thresholdFloor(1));
    };
  }

  private static Arguments numbers(
      Arguments arguments,
      int code,
      double decay,
      double rest,
      double rest2,
      double epsilon,
      double floorShare) {
    return arguments
        .integer(code)
        .real(decay)
        .real(rest)
        .real(rest2)
        .real(epsilon)
        .real(floorShare);
  }
}
