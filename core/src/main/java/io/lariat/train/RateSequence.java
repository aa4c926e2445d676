package io.lariat.train;

import io.lariat.backend.UpdateRule;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** The rates of a fit's steps, one step after the other, from the first. */
final class RateSequence {
  private final UpdateRule rule;
  private final Trainer settings;
  private final int steps;
  private IntToDoubleFunction ofStep = i -> 0;
  private int at;
  private long t;
  private double learningRate;
  private double carried;

  /** For epochs of {@code steps} steps. */
  RateSequence(UpdateRule rule, Trainer settings, Split split, int steps) {
    if (settings.schedule.followsValidation() && split.validationRows() == 0) {
      throw new TrainingException(
          "the schedule follows the validation loss; set a validation split above 0, or another"
              + " schedule");
    }
    if (settings.optimizer.weightDecay() > 0 && split.data().sparseRows() != null) {
      throw new TrainingException(
          split.data().source()
              + ": has sparse rows, of which a step touches a few features; the decay that other"
              + " weights owe lies between thresholds and cannot be made up for later; use adam,"
              + " with l2 for a ridge, or give the rows densely");
    }
    this.rule = rule;
    this.settings = settings;
    this.steps = steps;
    learningRate = settings.optimizer.learningRate();
  }

  /** Begins the epoch that follows on {@code past}. */
  void begin(List<Epoch> past) {
    double base = settings.optimizer.learningRate();
    ofStep = settings.schedule.ratesOfEpoch(base, steps, settings.epochs, past);
    at = 0;
  }

  /** The next step's. */
  StepRates next() {
    advance();
    double[] ab = rule.rates(learningRate, t, carried);
    double decay = learningRate * settings.optimizer.weightDecay();
    return new StepRates(ab[0], ab[1], settings.lasso, settings.ridge, decay);
  }

  /** Passes over the steps of an epoch that has begun. */
  void passEpoch() {
    for (int i = 0; i < steps; i++) {
      advance();
    }
  }

  private void advance() {
    double before = learningRate;
    learningRate = ofStep.applyAsDouble(at++);
    t++;
    carried = rule.carried(learningRate, t, before, carried);
  }

  /** The last step's learning rate. */
  double learningRate() {
    return learningRate;
  }
}
