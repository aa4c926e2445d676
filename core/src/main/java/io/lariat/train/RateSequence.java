package io.lariat.train;

import io.lariat.backend.UpdateRule;

/** The rates of a fit's steps, one step after the other, from the first. */
final class RateSequence {
  private final UpdateRule rule;
  private final Trainer settings;
  private final int steps;
  private long t;
  private double learningRate;
  private double carried;

  /** For epochs of {@code steps} steps. */
  RateSequence(UpdateRule rule, Trainer settings, int steps) {
    this.rule = rule;
    this.settings = settings;
    this.steps = steps;
    learningRate = settings.optimizer.learningRate();
  }

  /** The next step's. */
  StepRates next() {
    advance();
    double[] ab = rule.rates(learningRate, t, carried);
    return new StepRates(ab[0], ab[1], settings.lasso, settings.ridge);
  }

  /** Passes over an epoch's steps. */
  void passEpoch() {
    for (int i = 0; i < steps; i++) {
      advance();
    }
  }

  private void advance() {
    double before = learningRate;
    t++;
    carried = rule.carried(learningRate, t, before, carried);
  }

  /** The last step's learning rate. */
  double learningRate() {
    return learningRate;
  }
}
