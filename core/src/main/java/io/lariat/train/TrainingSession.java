package io.lariat.train;

import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.UpdateRule;
import io.lariat.data.ConstantFeatures;
import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import io.lariat.model.Head;
import io.lariat.model.Heads;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.Weights;
import io.lariat.train.ConstantInputs.Origin;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A network prepared for training on a backend, once for many fits: the rows resident and
 * standardised, memory allocated, the step recorded. Each {@link #fit} starts anew, from the
 * weights, the seed, the learning rate and the {@linkplain Trainer#strengths strengths} of the
 * penalties that its trainer has, and gives the bits that {@link Trainer#fit} would.
 *
 * <pre>{@code
 * try (TrainingSession session = trainer.prepare(network, data)) { // with l1(1)
 *   for (double lambda : lambdas) {
 *     Training run = session.fit(trainer.strengths(lambda, 1));
 *   }
 * }
 * }</pre>
 *
 * <p>For one thread at a time, as its backend is.
 */
public final class TrainingSession implements AutoCloseable {
  final Backend backend;
  final Network network;
  final Head head;
  final Split split;
  final @Nullable Standardization features;
  final @Nullable Standardization target;
  final ParameterBlock parameters;
  final InputLayer input;
  final EpochFigures figures;
  final TrainingStep step;
  final @Nullable Validator validator;
  final UpdateRule rule;

  private final Trainer.Structure structure;
  private final BitSet constantFeatures;
  private final ConstantInputs shown;
  private final Arena memory;

  private TrainingSession(Trainer settings, Network network, Dataset data, Arena memory) {
    this.memory = memory;
    this.network = network;
    backend = settings.backend;
    rule = settings.optimizer.rule();
    structure = settings.structure();
    head = Heads.of(network.loss());
    split = Split.of(data, settings.validationSplit, settings.validation);
    int rows = split.trainingRows();
    @Nullable Model continued = settings.continued;
    constantFeatures = ConstantFeatures.of(data, rows);
    if (continued != null) {
      features = continued.standardization();
      target = continued.targetStandardization();
    } else {
      split.requireTwoTargets();
      features = settings.standardize ? Standardization.ofFeatures(data, rows) : null;
      target =
          settings.standardize && head.standardizesTarget()
              ? Standardization.ofTarget(data, rows)
              : null;
    }
    shown = start(settings, new RandomStreams(settings.seed));
    ResidentData resident = new ResidentData(backend, memory, split, features, target, shown);
    boolean isSparse = data.sparseRows() != null;
    parameters = new ParameterBlock(backend, memory, network, rule, shown.initial(), isSparse);
    input =
        isSparse
            ? new SparseInput(backend, memory, parameters, rule, split, shown)
            : new DenseInput(
                backend,
                memory,
                parameters,
                Objects.requireNonNull(resident.x),
                Math.min(settings.batchSize, rows));
    figures = new EpochFigures(backend, memory, parameters);
    step =
        new TrainingStep(
            backend,
            memory,
            network,
            input,
            resident.y,
            parameters,
            rule,
            settings.penaltyMethod,
            rows,
            settings.batchSize);
    validator =
        split.validationRows() == 0
            ? null
            : new Validator(
                backend,
                memory,
                network,
                input,
                resident.y,
                parameters,
                rows,
                split.validationRows());
  }

  /** Prepares what {@code settings} have been checked against. */
  static TrainingSession of(Trainer settings, Network network, Dataset data) {
    return settings.backend.arena().ownedBy(m -> new TrainingSession(settings, network, data, m));
  }

  /**
   * Trains from the start.
   *
   * @param settings those that the session was prepared with, but for epochs, seed, learning rate,
   *     strengths, initial weights, early stopping, callbacks and what has to do with checkpoints
   * @throws IllegalArgumentException if others differ
   * @throws TrainingException if the initial weights use an input that the session does not show,
   *     as it is constant in the training rows, or the run diverges
   * @throws IllegalStateException if another thread uses the backend; the message names it
   */
  public Training fit(Trainer settings) {
    if (!structure.equals(settings.structure())) {
      throw new IllegalArgumentException(
          "session: it was prepared with another backend, batch size, optimizer, penalty method,"
              + " validation, standardisation or model to continue from; prepare one for these");
    }
    settings.requireFit(network);
    backend.occupancy().enter();
    try {
      return new FitLoop(this, settings).run();
    } finally {
      backend.occupancy().leave();
    }
  }

  /** What a fit begins with; takes the initial weights from {@code random} if none are given. */
  ConstantInputs start(Trainer settings, RandomStreams random) {
    @Nullable Model continued = settings.continued;
    @Nullable Weights given = settings.initialWeights;
    if (continued != null) {
      return constant(continued.weights(), Origin.CONTINUED);
    }
    return given != null
        ? constant(given, Origin.GIVEN)
        : constant(Weights.initial(network, random.weights), Origin.DRAWN);
  }

  private ConstantInputs constant(Weights initial, Origin origin) {
    return ConstantInputs.of(split.data(), constantFeatures, features, initial, origin);
  }

  /** Brings the parameters to where {@code start} begins, and forgets the optimizer's state. */
  void restart(ConstantInputs start) {
    if (!start.showsAs(shown)) {
      throw new TrainingException(
          split.data().source()
              + ": the initial weights use an input that is constant in the training rows, which"
              + " this session does not show; prepare one with these weights");
    }
    parameters.restart(backend, rule, start.initial());
    input.resume(0);
  }

  /** Frees what it has on the backend. */
  @Override
  public void close() {
    memory.close();
  }
}
