package io.lariat.train;

import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.DeviceException;
import io.lariat.backend.Matrix;
import io.lariat.backend.UpdateRule;
import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import io.lariat.model.Head;
import io.lariat.model.Heads;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import io.lariat.train.ConstantInputs.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The epochs of one training: steps, validation, early stopping, history. */
final class FitLoop {
  private final Trainer settings;
  private final Backend backend;
  private final Network network;
  private final Head head;
  private final Dataset data;
  private final Split split;
  private final @Nullable Standardization features;
  private final @Nullable Standardization target;
  private final RandomStreams random;
  private final ConstantInputs constant;
  private final List<Epoch> epochs = new ArrayList<>();
  private double[] stepLosses = new double[64];
  private int stepsRun;
  private int epochAt = 1;
  private int stepAt;

  /** The parameters after the last complete epoch, where the backend might lose them. */
  private float @Nullable [] saved;

  FitLoop(Trainer settings, Network network, Dataset data) {
    this.settings = settings;
    this.backend = settings.backend;
    this.network = network;
    head = Heads.of(network.loss());
    this.data = data;
    split = Split.of(data, settings.validationSplit, settings.validation);
    if (settings.earlyStopping != null && split.validationRows() == 0) {
      throw new TrainingException(
          "early stopping needs validation rows; set a validation split above 0, or give some");
    }
    @Nullable Model continued = settings.continued;
    int rows = split.trainingRows();
    random = new RandomStreams(settings.seed);
    if (continued != null) {
      features = continued.standardization();
      target = continued.targetStandardization();
      constant = ConstantInputs.of(data, rows, features, continued.weights(), Origin.CONTINUED);
      return;
    }
    split.requireTwoTargets();
    features = settings.standardize ? Standardization.ofFeatures(data, rows) : null;
    target =
        settings.standardize && head.standardizesTarget()
            ? Standardization.ofTarget(data, rows)
            : null;
    Weights given = settings.initialWeights;
    constant =
        given == null
            ? ConstantInputs.of(
                data, rows, features, Weights.initial(network, random.weights), Origin.DRAWN)
            : ConstantInputs.of(data, rows, features, given, Origin.GIVEN);
  }

  Training run() {
    UpdateRule rule = settings.optimizer.rule();
    try (Arena memory = backend.arena()) {
      ResidentData rows = new ResidentData(backend, memory, split, features, target, constant);
      ParameterBlock parameters =
          new ParameterBlock(
              backend, memory, network, rule, constant.initial(), data.sparseRows() != null);
      InputLayer input = input(memory, rows, parameters);
      EpochFigures figures = new EpochFigures(backend, memory, parameters);
      BestWeights best = new BestWeights(backend, memory, parameters.all, settings.earlyStopping);
      TrainingStep step =
          new TrainingStep(
              backend,
              memory,
              network,
              input,
              rows.y,
              parameters,
              rule,
              settings.penaltyMethod,
              split.trainingRows(),
              settings.batchSize);
      @Nullable Validator validator =
          split.validationRows() == 0
              ? null
              : new Validator(
                  backend,
                  memory,
                  network,
                  input,
                  rows.y,
                  parameters,
                  split.trainingRows(),
                  split.validationRows());
      try {
        StopReason reason = runEpochs(step, input, figures, validator, best, parameters);
        settle(input, parameters);
        @Nullable Integer bestEpoch = best.restore();
        return finish(parameters.layout, read(parameters), reason, bestEpoch);
      } catch (DeviceException e) {
        if (saved == null) {
          throw e;
        }
        throw new DeviceFailedException(
            e, finish(parameters.layout, saved, StopReason.DEVICE_FAILED, null));
      }
    }
  }

  private float[] read(ParameterBlock parameters) {
    float[] values = new float[parameters.layout.size()];
    backend.read(parameters.all, values, 0);
    return values;
  }

  private InputLayer input(Arena memory, ResidentData rows, ParameterBlock parameters) {
    if (data.sparseRows() != null) {
      return new SparseInput(
          backend, memory, parameters, settings.optimizer.rule(), split, constant);
    }
    int batch = Math.min(settings.batchSize, split.trainingRows());
    return new DenseInput(backend, memory, parameters, Objects.requireNonNull(rows.x), batch);
  }

  /** Reads the state after an epoch. */
  private TrainingState state(InputLayer input, BestWeights best, ParameterBlock parameters) {
    List<float[]> optimizer = new ArrayList<>();
    for (Matrix state : parameters.states(settings.optimizer.rule())) {
      float[] values = new float[(int) state.size()];
      backend.read(state, values, 0);
      optimizer.add(values);
    }
    return new TrainingState(
        epochs,
        Arrays.copyOf(stepLosses, stepsRun),
        read(parameters),
        optimizer,
        input.paid(),
        best.kept());
  }

  /**
   * Goes on from {@code state}.
   *
   * @return what its last epoch ended with; null: another follows
   */
  private @Nullable StopReason resume(
      TrainingState state,
      TrainingStep step,
      int[] order,
      InputLayer input,
      BestWeights best,
      ParameterBlock parameters) {
    List<Matrix> optimizer = parameters.states(settings.optimizer.rule());
    boolean fits =
        state.weights.length == parameters.layout.size()
            && state.epochsRun() <= settings.epochs
            && state.stepLosses.length == (long) state.epochsRun() * step.steps()
            && state.optimizer.size() == optimizer.size()
            && state.hasEpochsOf(parameters.layout, split.validationRows() > 0)
            && best.fits(state.best);
    for (int i = 0; fits && i < optimizer.size(); i++) {
      fits = state.optimizer.get(i).length == optimizer.get(i).size();
    }
    if (!fits) {
      throw new TrainingException(
          data.source()
              + ": the state to resume from is of another training; use the network, the data and"
              + " the settings that it was taken with");
    }
    backend.write(state.weights, 0, parameters.all);
    for (int i = 0; i < optimizer.size(); i++) {
      backend.write(state.optimizer.get(i), 0, optimizer.get(i));
    }
    input.resume(state.paid);
    best.resume(state.best);
    stepLosses = state.stepLosses.clone();
    stepsRun = stepLosses.length;
    long dropouts = (long) step.steps() * network.layers().size();
    random.skip(state.epochsRun(), settings.shuffle ? order : null, dropouts);
    TrainingCallback.Next next = TrainingCallback.Next.CONTINUE;
    for (Epoch epoch : state.epochs) {
      epochs.add(epoch);
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

  private StopReason runEpochs(
      TrainingStep step,
      InputLayer input,
      EpochFigures figures,
      @Nullable Validator validator,
      BestWeights best,
      ParameterBlock parameters) {
    int[] order = new int[split.trainingRows()];
    Arrays.setAll(order, i -> i);
    @Nullable TrainingState before = settings.resumed;
    @Nullable StopReason ended =
        before == null ? null : resume(before, step, order, input, best, parameters);
    if (ended != null) {
      return ended;
    }
    for (int number = epochs.size() + 1; number <= settings.epochs; number++) {
      long start = System.nanoTime();
      if (settings.shuffle) {
        random.shuffle(order);
      }
      if (!runSteps(step, number, order)) {
        return StopReason.CANCELLED;
      }
      double[] means = trainingMeans(step, number, order);
      settle(input, parameters);
      Epoch.@Nullable Validation validation = validate(validator, figures, number);
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
        saved = read(parameters);
      }
      epochs.add(epoch);
      boolean patienceLost = validation != null && best.observe(epoch, validation);
      if (settings.isCheckpointDue.getAsBoolean()) {
        settings.checkpoints.accept(state(input, best, parameters));
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

  /** Brings all weights up to date after some steps. */
  private void settle(InputLayer input, ParameterBlock parameters) {
    input.settle();
    constant.restore(backend, parameters);
  }

  /** Runs an epoch's steps; false if it was cancelled. */
  private boolean runSteps(TrainingStep step, int epoch, int[] order) {
    int steps = step.steps();
    int[] keys = new int[network.layers().size()];
    for (int i = 0; i < steps; i++) {
      if (settings.cancellation.isCancelled()) {
        return false;
      }
      epochAt = epoch;
      stepAt = i + 1;
      for (int k = 0; k < keys.length; k++) {
        keys[k] = random.dropout.nextInt();
      }
      long t = (long) (epoch - 1) * steps + i + 1;
      step.replay(
          order,
          i,
          keys,
          StepRates.of(settings.optimizer.rule(), settings.optimizer.learningRate(), t));
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
  private double[] trainingMeans(TrainingStep step, int epoch, int[] order) {
    float[] scores = step.readRowScores();
    double[] penalties = step.readPenalties();
    double[] sums = new double[3];
    int steps = step.steps();
    for (int s = 0, at = 0; s < steps; s++) {
      int rows = Math.min(step.batchSize(), order.length - at);
      double data = 0;
      double metric = 0;
      for (int end = at + rows; at < end; at++) {
        data += scores[2 * order[at]];
        metric += scores[2 * order[at] + 1];
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

  private Epoch.@Nullable Validation validate(
      @Nullable Validator validator, EpochFigures figures, int epoch) {
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
          settings.optimizer.learningRate(),
          Unscaled.named(data, features == null, head.standardizesTarget() && target == null));
    }
  }

  /** From the units that a regression is trained in to the target's own. */
  private double metricScale() {
    return target == null ? 1 : target.deviation(0);
  }

  private Training finish(
      ParameterLayout layout, float[] values, StopReason reason, @Nullable Integer bestEpoch) {
    for (float value : values) {
      requireFinite("weights", value, epochAt, stepAt);
    }
    constant.finish(values);
    Model model =
        new Model(
            network, Weights.copyOf(layout, values), data.schema(), features, target, Map.of());
    @Nullable Evaluation evaluation =
        split.validationRows() == 0
            ? null
            : Evaluation.of(model, split.validation(), split.from(), split.validationRows());
    return new Training(
        model,
        new History(head.metric().name(), epochs, Arrays.copyOf(stepLosses, stepsRun)),
        reason,
        bestEpoch,
        split.trainingRows(),
        evaluation);
  }
}
