package io.lariat.train;

import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.DeviceException;
import io.lariat.backend.Matrix;
import io.lariat.model.Model;
import io.lariat.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The epochs of one fit: steps, validation, early stopping, history. */
final class FitLoop {
  private final TrainingSession session;
  private final Trainer settings;
  private final Backend backend;
  private final ParameterBlock parameters;
  private final Split split;
  private final RandomStreams random;
  private final ConstantInputs constant;
  private final RateSequence rates;
  private final List<Epoch> epochs = new ArrayList<>();
  private final List<Double> learningRates = new ArrayList<>();
  private double[] stepLosses = new double[64];
  private int stepsRun;
  private int epochAt = 1;
  private int stepAt;

  /** The parameters after the last complete epoch, where the backend might lose them. */
  private float @Nullable [] saved;

  FitLoop(TrainingSession session, Trainer settings) {
    this.session = session;
    this.settings = settings;
    backend = session.backend;
    parameters = session.parameters;
    split = session.split;
    if (settings.earlyStopping != null && split.validationRows() == 0) {
      throw new TrainingException(
          "early stopping needs validation rows; set a validation split above 0");
    }
    rates = new RateSequence(session.rule, settings, split, session.step.steps());
    random = new RandomStreams(settings.seed);
    constant = session.start(settings, random);
  }

  Training run() {
    try (Arena memory = backend.arena()) {
      BestWeights best = new BestWeights(backend, memory, parameters.all, settings.earlyStopping);
      session.restart(constant);
      try {
        StopReason reason = runEpochs(best);
        settle();
        @Nullable Integer bestEpoch = best.restore();
        return finish(read(), reason, bestEpoch);
      } catch (DeviceException e) {
        if (saved == null) {
          throw e;
        }
        throw new DeviceFailedException(e, finish(saved, StopReason.DEVICE_FAILED, null));
      }
    }
  }

  private float[] read() {
    float[] values = new float[parameters.layout.size()];
    backend.read(parameters.all, values, 0);
    return values;
  }

  /** Reads the state after an epoch. */
  private TrainingState state(BestWeights best) {
    List<float[]> optimizer = new ArrayList<>();
    for (Matrix state : parameters.states(session.rule)) {
      float[] values = new float[(int) state.size()];
      backend.read(state, values, 0);
      optimizer.add(values);
    }
    return new TrainingState(
        epochs,
        Arrays.copyOf(stepLosses, stepsRun),
        read(),
        optimizer,
        session.input.paid(),
        best.kept());
  }

  /**
   * Goes on from {@code state}.
   *
   * @return what its last epoch ended with; null: another follows
   */
  private @Nullable StopReason resume(TrainingState state, int[] order, BestWeights best) {
    int steps = session.step.steps();
    List<Matrix> optimizer = parameters.states(session.rule);
    boolean fits =
        state.weights.length == parameters.layout.size()
            && state.epochsRun() <= settings.epochs
            && state.stepLosses.length == (long) state.epochsRun() * steps
            && state.optimizer.size() == optimizer.size()
            && state.hasEpochsOf(parameters.layout, split.validationRows() > 0)
            && best.fits(state.best);
    for (int i = 0; fits && i < optimizer.size(); i++) {
      fits = state.optimizer.get(i).length == optimizer.get(i).size();
    }
    if (!fits) {
      throw new TrainingException(
          split.data().source()
              + ": the state to resume from is of another training; use the network, the data and"
              + " the settings that it was taken with");
    }
    backend.write(state.weights, 0, parameters.all);
    for (int i = 0; i < optimizer.size(); i++) {
      backend.write(state.optimizer.get(i), 0, optimizer.get(i));
    }
    session.input.resume(state.paid);
    best.resume(state.best);
    stepLosses = state.stepLosses.clone();
    stepsRun = stepLosses.length;
    long dropouts = (long) steps * session.network.layers().size();
    random.skip(state.epochsRun(), settings.shuffle ? order : null, dropouts);
    TrainingCallback.Next next = TrainingCallback.Next.CONTINUE;
    for (Epoch epoch : state.epochs) {
      rates.begin(epochs);
      rates.passEpoch();
      add(epoch);
      next = tell(epoch);
    }
    if (backend.canBeLost()) {
      saved = state.weights;
    }
    if (next == TrainingCallback.Next.STOP) {
      return StopReason.CALLBACK;
    }
    return best.isLost(epochs.size()) ? StopReason.EARLY_STOPPING : null;
  }

  private StopReason runEpochs(BestWeights best) {
    int[] order = new int[split.trainingRows()];
    Arrays.setAll(order, i -> i);
    @Nullable TrainingState before = settings.resumed;
    @Nullable StopReason ended = before == null ? null : resume(before, order, best);
    if (ended != null) {
      return ended;
    }
    for (int number = epochs.size() + 1; number <= settings.epochs; number++) {
      long start = System.nanoTime();
      if (settings.shuffle) {
        random.shuffle(order);
      }
      if (!runSteps(number, order)) {
        return StopReason.CANCELLED;
      }
      double[] means = trainingMeans(number, order);
      settle();
      EpochFigures figures = session.figures;
      Epoch.@Nullable Validation validation = validate(number);
      Epoch epoch =
          new Epoch(
              number,
              means[0],
              means[1] + figures.penaltyByRow(),
              means[2],
              validation,
              figures.zeros(),
              figures.featuresUsed(),
              (System.nanoTime() - start) * 1e-9);
      if (backend.canBeLost()) {
        saved = read();
      }
      add(epoch);
      boolean patienceLost = validation != null && best.observe(epoch, validation);
      if (settings.isCheckpointDue.getAsBoolean()) {
        settings.checkpoints.accept(state(best));
      }
      if (tell(epoch) == TrainingCallback.Next.STOP) {
        return StopReason.CALLBACK;
      }
      if (patienceLost) {
        return StopReason.EARLY_STOPPING;
      }
    }
    return StopReason.COMPLETED;
  }

  private void add(Epoch epoch) {
    epochs.add(epoch);
    learningRates.add(rates.learningRate());
  }

  /** Brings all weights up to date after some steps. */
  private void settle() {
    session.input.settle();
    constant.restore(backend, parameters);
  }

  /** Runs an epoch's steps; false if it was cancelled. */
  private boolean runSteps(int epoch, int[] order) {
    TrainingStep step = session.step;
    int steps = step.steps();
    int[] keys = new int[session.network.layers().size()];
    rates.begin(epochs);
    for (int i = 0; i < steps; i++) {
      if (settings.cancellation.isCancelled()) {
        return false;
      }
      epochAt = epoch;
      stepAt = i + 1;
      for (int k = 0; k < keys.length; k++) {
        keys[k] = random.dropout.nextInt();
      }
      step.replay(order, i, keys, rates.next());
      for (TrainingCallback callback : settings.callbacks) {
        callback.onStep(epoch, i + 1, steps);
      }
    }
    return true;
  }

  private TrainingCallback.Next tell(Epoch epoch) {
    TrainingCallback.Next next = TrainingCallback.Next.CONTINUE;
    for (TrainingCallback callback : settings.callbacks) {
      if (callback.onEpochEnd(epoch) == TrainingCallback.Next.STOP) {
        next = TrainingCallback.Next.STOP;
      }
    }
    return next;
  }

  /** The epoch's data loss, penalty and metric, averaged over rows; checks each step's loss. */
  private double[] trainingMeans(int epoch, int[] order) {
    TrainingStep step = session.step;
    float[] rowLosses = step.readRowLosses();
    double[] penalties = step.readPenalties();
    double[] sums = new double[3];
    int steps = step.steps();
    for (int s = 0, at = 0; s < steps; s++) {
      int rows = Math.min(step.batchSize(), order.length - at);
      double data = 0;
      double metric = 0;
      for (int end = at + rows; at < end; at++) {
        data += rowLosses[2 * order[at]];
        metric += rowLosses[2 * order[at] + 1];
      }
      requireFinite("loss", data / rows, epoch, s + 1);
      requireFinite(DivergedException.PENALTY, penalties[s], epoch, s + 1);
      addStepLoss(data / rows + penalties[s]);
      sums[0] += data;
      sums[1] += (double) rows * penalties[s];
      sums[2] += metric;
    }
    return new double[] {
      sums[0] / order.length, sums[1] / order.length, sums[2] / order.length * metricScale()
    };
  }

  private void addStepLoss(double loss) {
    if (stepsRun == stepLosses.length) {
      stepLosses = Arrays.copyOf(stepLosses, 2 * stepsRun);
    }
    stepLosses[stepsRun++] = loss;
  }

  private Epoch.@Nullable Validation validate(int epoch) {
    @Nullable Validator validator = session.validator;
    EpochFigures figures = session.figures;
    figures.measure();
    int steps = stepsRun / epoch;
    // The last step's update is in no step's loss yet, so this is where it would show.
    requireFinite(DivergedException.PENALTY, figures.penalty(), epoch, steps);
    if (validator == null) {
      return null;
    }
    double[] means = validator.dataLossAndMetric();
    requireFinite("validation loss", means[0], epoch, steps);
    return new Epoch.Validation(means[0], figures.penalty(), means[1] * metricScale());
  }

  private void requireFinite(String what, double value, int epoch, int step) {
    if (!Double.isFinite(value)) {
      throw new DivergedException(
          what,
          value,
          epoch,
          step,
          rates.learningRate(),
          Unscaled.named(
              split.data(),
              session.features == null,
              session.head.standardizesTarget() && session.target == null));
    }
  }

  /** From the units that a regression is trained in to the target's own. */
  private double metricScale() {
    return session.target == null ? 1 : session.target.deviation(0);
  }

  private Training finish(float[] values, StopReason reason, @Nullable Integer bestEpoch) {
    for (float value : values) {
      requireFinite("weights", value, epochAt, stepAt);
    }
    constant.finish(values);
    Model model =
        new Model(
            session.network.atStrengths(settings.lasso, settings.ridge),
            Weights.copyOf(parameters.layout, values),
            split.data().schema(),
            session.features,
            session.target,
            Map.of());
    @Nullable Evaluation evaluation =
        split.validationRows() == 0
            ? null
            : Evaluation.of(model, split.validation(), split.from(), split.validationRows());
    return new Training(
        model,
        new History(
            session.head.metric().name(),
            epochs,
            Arrays.copyOf(stepLosses, stepsRun),
            learningRates),
        reason,
        bestEpoch,
        split.trainingRows(),
        evaluation);
  }
}
