package io.lariat.train;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.PenaltyMethod;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.InputGroup;
import io.lariat.model.Network;
import io.lariat.model.Weights;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a training; {@link #fit} runs it. Each call changes this trainer and returns it.
 *
 * <pre>{@code
 * Training run = Trainer.on(backend).epochs(15).batchSize(128).optimizer(adam(0.001))
 *     .validationSplit(0.1).standardize().seed(42).fit(network, data);
 * }</pre>
 *
 * <p>The semantics are those of Keras 3: see {@link Epoch} for what is averaged when, {@link
 * io.lariat.backend.UpdateRule} for the optimizers. The exception is the default penalty method,
 * {@link PenaltyMethod#PROXIMAL}, which makes weights exactly zero where Keras's subgradient does
 * not.
 *
 * <p><b>Sparse rows</b> ({@link io.lariat.data.SparseRows}) stay sparse. A step reads and updates
 * only the first layer's weights of features that its batch has. What the other weights owe, the
 * threshold of each step, is paid when their feature comes up and at the end of an epoch: exactly
 * what dense rows give for plain gradient descent under l1. Adam, RMSprop and momentum keep the
 * state of a weight as it is while its feature is away ("lazy" or "sparse" Adam), so their steps
 * are not quite those of dense rows; l2 is applied for all those steps at once. The training loss
 * of an epoch has the first layer's penalty at the epoch's end, not averaged over its steps.
 *
 * <p>A group penalty on the first layer takes the features of each input column for a group, the
 * one-hot features of a categorical column together, unless the network has input groups of its
 * own; the model's network has them. For sparse rows there is none.
 *
 * <p>The same seed, data, settings and backend give the same model, bit for bit, whatever the
 * number of threads.
 */
public final class Trainer {
  final Backend backend;
  int epochs = 15;
  int batchSize = 128;
  Optimizer optimizer = Optimizer.adam(0.001);
  PenaltyMethod penaltyMethod = PenaltyMethod.PROXIMAL;
  double validationSplit;
  boolean shuffle = true;
  boolean standardize;
  long seed;
  @Nullable EarlyStopping earlyStopping;
  @Nullable Weights initialWeights;
  private Set<String> kept = Set.of();
  Cancellation cancellation = new Cancellation();
  final List<TrainingCallback> callbacks = new ArrayList<>();

  private Trainer(Backend backend) {
    this.backend = backend;
  }

  /** A trainer on {@code backend}, which no other thread may use while it trains. */
  public static Trainer on(Backend backend) {
    return new Trainer(backend);
  }

  /** How many times every training row is seen; 15 unless set. */
  public Trainer epochs(int count) {
    this.epochs = atLeastOne("epochs", count);
    return this;
  }

  /** The rows of a mini-batch, the last of an epoch may have fewer; 128 unless set. */
  public Trainer batchSize(int rows) {
    this.batchSize = atLeastOne("batch size", rows);
    return this;
  }

  /** The optimizer; {@code adam(0.001)} unless set. */
  public Trainer optimizer(Optimizer chosen) {
    this.optimizer = chosen;
    return this;
  }

  /** How penalties enter the update; {@link PenaltyMethod#PROXIMAL} unless set. */
  public Trainer penaltyMethod(PenaltyMethod method) {
    this.penaltyMethod = method;
    return this;
  }

  /**
   * The share of rows, the last ones, that is kept for validation; none unless set. With n rows the
   * first {@code floor(n (1 - share))} are trained on.
   */
  public Trainer validationSplit(double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "validation split: expected a number in [0, 1), found " + share);
    }
    this.validationSplit = share;
    return this;
  }

  /** Whether training rows are shuffled anew in every epoch; true unless set. */
  public Trainer shuffle(boolean yes) {
    this.shuffle = yes;
    return this;
  }

  /**
   * Standardises features, and the target of a regression, by mean and deviation of the training
   * rows; the model keeps them and takes and gives unstandardised values. Losses are then those of
   * the standardised target, the mean absolute error stays in the target's own units.
   */
  public Trainer standardize() {
    this.standardize = true;
    return this;
  }

  /** The seed of initial weights, shuffling and dropout; 0 unless set. */
  public Trainer seed(long value) {
    this.seed = value;
    return this;
  }

  /** Stops early; never unless set. Needs validation rows. */
  public Trainer earlyStopping(EarlyStopping rule) {
    this.earlyStopping = rule;
    return this;
  }

  /**
   * Protects the input columns of these names from the first layer's penalty, all features of a
   * one-hot column; none unless set. Dense rows only.
   */
  public Trainer keep(Collection<String> columns) {
    this.kept = Set.copyOf(columns);
    return this;
  }

  /** Starts from these weights instead of drawing them. */
  public Trainer initialWeights(Weights weights) {
    this.initialWeights = weights;
    return this;
  }

  /** Lets {@code token} end the training from another thread. */
  public Trainer cancellation(Cancellation token) {
    this.cancellation = token;
    return this;
  }

  /** Tells {@code callback} how it goes; several are told in the order added. */
  public Trainer callback(TrainingCallback callback) {
    callbacks.add(callback);
    return this;
  }

  /**
   * Trains {@code network} on {@code data}.
   *
   * @throws TrainingException if network, data and settings do not go together, or the run diverges
   * @throws io.lariat.data.DataException if a column to keep is none of the data's
   * @throws IllegalStateException if another thread uses the backend; the message names it
   */
  public Training fit(Network network, Dataset data) {
    requireMatch(network, data);
    Network grouped = withGroups(network, data);
    if (data.sparseRows() != null) {
      requireFitForSparseRows(grouped, data);
    }
    FitLoop loop = new FitLoop(this, grouped, data);
    backend.occupancy().enter();
    try {
      return loop.run();
    } finally {
      backend.occupancy().leave();
    }
  }

  private static void requireMatch(Network network, Dataset data) {
    if (network.inputs() != data.features()) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "the network has %d inputs, %s has %d features",
              network.inputs(),
              data.source(),
              data.features()));
    }
    Task task =
        switch (network.loss()) {
          case BINARY_CROSSENTROPY -> Task.BINARY;
          case CATEGORICAL_CROSSENTROPY -> Task.MULTICLASS;
          case MEAN_SQUARED_ERROR -> Task.REGRESSION;
        };
    if (task != data.task() || network.outputs() != data.schema().target().outputs()) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "the network ends in dense(%d, %s), the %s target '%s' needs dense(%d, %s)",
              network.outputs(),
              network.head().activation(),
              data.task().name().toLowerCase(Locale.ROOT),
              data.schema().target().name(),
              data.schema().target().outputs(),
              head(data.task())));
    }
  }

  /** The network with the groups that {@link #keep} or a group penalty asks for. */
  private Network withGroups(Network network, Dataset data) {
    boolean hasGroupPenalty = network.layers().getFirst().penalty().group() > 0;
    if (kept.isEmpty() && (!hasGroupPenalty || !network.inputGroups().isEmpty())) {
      return network;
    }
    if (!network.inputGroups().isEmpty()) {
      throw new TrainingException(
          "the network has input groups of its own; give the columns to keep a factor of 0 there");
    }
    List<InputGroup> groups = InputGroup.ofColumns(data.schema(), kept);
    boolean areSingle = groups.stream().allMatch(InputGroup.SINGLE::equals);
    return areSingle ? network : network.inputGroups(groups);
  }

  private void requireFitForSparseRows(Network network, Dataset data) {
    if (standardize) {
      throw new TrainingException(
          data.source()
              + ": has sparse rows, whose zeros would no longer be zero if they were standardised;"
              + " scale the values in the file and train without");
    }
    if (network.inputGroups().stream().anyMatch(g -> g.factor() != 1)) {
      throw new TrainingException(
          data.source()
              + ": has sparse rows, for which all features have the same penalty; keep no columns,"
              + " or give the rows densely");
    }
    if (network.layers().getFirst().penalty().group() > 0) {
      throw new TrainingException(
          data.source()
              + ": has sparse rows, of which a step touches a few features; what a group owes for"
              + " the steps that left it out depends on all its weights and has no closed form;"
              + " use l1, or give the rows densely");
    }
    boolean isPenalized = !network.layers().getFirst().penalty().isNone();
    if (penaltyMethod == PenaltyMethod.SUBGRADIENT && isPenalized) {
      throw new TrainingException(
          data.source()
              + ": has sparse rows, of which a step touches a few features; the subgradient of the"
              + " first layer's penalty moves all weights in every step, which cannot be made up"
              + " for later; use the proximal method");
    }
  }

  /** The head that goes with a task. */
  private static Activation head(Task task) {
    return switch (task) {
      case BINARY -> Activation.SIGMOID;
      case MULTICLASS -> Activation.SOFTMAX;
      case REGRESSION -> Activation.IDENTITY;
    };
  }

  private static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": expected at least 1, found " + value);
    }
    return value;
  }

  /** The settings that decide a result, each with its value. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Trainer[epochs=%d, batchSize=%d, optimizer=%s, penaltyMethod=%s, validationSplit=%s,"
            + " shuffle=%s, standardize=%s, seed=%d, earlyStopping=%s, initialWeights=%s]",
        epochs,
        batchSize,
        optimizer,
        penaltyMethod,
        validationSplit,
        shuffle,
        standardize,
        seed,
        earlyStopping == null ? "none" : earlyStopping,
        initialWeights == null ? "drawn" : "given");
  }
}
