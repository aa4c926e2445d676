package io.lariat.backend.contract;

import io.lariat.backend.Penalty;
import io.lariat.backend.UpdateRule;

/**
 * The optimizers of Keras 3 in double, from its sources' formulas, with the penalty's subgradient
 * in the gradient and {@code weight_decay}, which makes Adam AdamW. Takes only the numbers from
 * {@link UpdateRule}, not its rates.
 */
final class KerasOptimizer {
  private final UpdateRule rule;
  private final Penalty penalty;
  private final double learningRate;
  private final double weightDecay;
  private final double[] w;
  private final double[] m;
  private final double[] v;
  private int t;

  KerasOptimizer(
      UpdateRule rule, Penalty penalty, double learningRate, double weightDecay, float[] weights) {
    this.rule = rule;
    this.penalty = penalty;
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
    w = new double[weights.length];
    m = new double[weights.length];
    v = new double[weights.length];
    for (int i = 0; i < w.length; i++) {
      w[i] = weights[i];
    }
  }

  double weight(int i) {
    return w[i];
  }

  void step(float[] gradients) {
    t++;
    for (int i = 0; i < w.length; i++) {
      double g = gradients[i] + penalty.l1() * Math.signum(w[i]) + 2 * penalty.l2() * w[i];
      w[i] -= w[i] * weightDecay * learningRate;
      switch (rule) {
        case UpdateRule.Sgd sgd -> {
          double momentum = sgd.momentum();
          m[i] = momentum * m[i] - learningRate * g;
          w[i] += sgd.nesterov() ? momentum * m[i] - learningRate * g : m[i];
        }
        case UpdateRule.RmsProp rmsProp -> {
          v[i] = rmsProp.rho() * v[i] + (1 - rmsProp.rho()) * g * g;
          w[i] -= learningRate * g / Math.sqrt(v[i] + rmsProp.epsilon());
        }
        case UpdateRule.Adam adam -> {
          m[i] += (g - m[i]) * (1 - adam.beta1());
          v[i] += (g * g - v[i]) * (1 - adam.beta2());
          double alpha = learningRate * Math.sqrt(1 - Math.pow(adam.beta2(), (double) t));
          alpha /= 1 - Math.pow(adam.beta1(), (double) t);
          w[i] -= m[i] * alpha / (Math.sqrt(v[i]) + adam.epsilon());
        }
      }
    }
  }
}
