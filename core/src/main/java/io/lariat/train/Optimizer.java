package io.lariat.train;

import io.lariat.backend.UpdateRule;

/**
 * An update rule with its learning rate; the constants are Keras's.
 *
 * @param rule the rule
 * @param learningRate the learning rate, positive and finite; a {@link Schedule} begins at it
 * @param weightDecay what a step takes off each weight, times the learning rate in force: see
 *     {@link #adamW}; at most 1 / learningRate
 */
public record Optimizer(UpdateRule rule, double learningRate, double weightDecay) {

  /** Checks the numbers. */
  public Optimizer {
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "learning rate: expected a positive number, found " + learningRate);
    }
    if (!(weightDecay >= 0 && learningRate * weightDecay <= 1)) {
      throw new IllegalArgumentException(
          "weight decay: expected a number from 0 to 1 / learning rate = "
              + 1 / learningRate
              + ", found "
              + weightDecay);
    }
  }

  /** Without weight decay. */
  public Optimizer(UpdateRule rule, double learningRate) {
    this(rule, learningRate, 0);
  }

  /** Adam with beta1 0.9, beta2 0.999, epsilon 1e-7. */
  public static Optimizer adam(double learningRate) {
    return new Optimizer(new UpdateRule.Adam(0.9, 0.999, 1e-7), learningRate);
  }

  /**
   * AdamW (Loshchilov and Hutter 2019): {@link #adam} whose steps take {@code learningRate *
   * weightDecay * w} off each weight {@code w} besides, biases too, as Keras's does with its
   * default of 0.004. With a {@link Schedule} both follow the learning rate in force.
   *
   * <p>Decay is no penalty. It makes no zeros: a weight rests at zero where {@code |g| <= l1}, with
   * and without it, and elsewhere smaller than at the minimum ({@link UpdateRule}). The objective,
   * the certificate and the polish are without it, so its weights have a residual that does not go
   * away, and a polish takes back what it did. Sparse rows are refused.
   */
  public static Optimizer adamW(double learningRate, double weightDecay) {
    return new Optimizer(adam(learningRate).rule(), learningRate, weightDecay);
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
