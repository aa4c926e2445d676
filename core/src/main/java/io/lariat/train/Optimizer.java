package io.lariat.train;

import io.lariat.backend.UpdateRule;

/**
 * An update rule with its learning rate; the constants are Keras's.
 *
 * @param rule the rule
 * @param learningRate the learning rate, positive and finite
 */
public record Optimizer(UpdateRule rule, double learningRate) {

  /** Checks the learning rate. */
  public Optimizer {
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "learning rate: expected a positive number, found " + learningRate);
    }
  }

  /** Adam with beta1 0.9, beta2 0.999, epsilon 1e-7. */
  public static Optimizer adam(double learningRate) {
    return new Optimizer(new UpdateRule.Adam(0.9, 0.999, 1e-7), learningRate);
  }

  /** Plain stochastic gradient descent. */
  public static Optimizer sgd(double learningRate) {
    return sgd(learningRate, 0);
  }

  /** Stochastic gradient descent with momentum. */
  public static Optimizer sgd(double learningRate, double momentum) {
    return new Optimizer(new UpdateRule.Sgd(momentum, false), learningRate);
  }

  /** Stochastic gradient descent with Nesterov's momentum. */
  public static Optimizer nesterov(double learningRate, double momentum) {
    return new Optimizer(new UpdateRule.Sgd(momentum, true), learningRate);
  }

  /** RMSprop with rho 0.9, epsilon 1e-7. */
  public static Optimizer rmsprop(double learningRate) {
    return new Optimizer(new UpdateRule.RmsProp(0.9, 1e-7), learningRate);
  }
}
