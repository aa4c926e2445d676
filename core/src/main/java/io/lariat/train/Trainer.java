package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.UpdateRule;
import io.lariat.data.Dataset;
import io.lariat.model.Head;
import io.lariat.model.Heads;
import io.lariat.model.InputGroup;
import io.lariat.model.Layer;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
 * <p><b>What the training rows do not tell is not used</b>: inputs that are constant in them, such
 * as a column of zeros or a category that only validation rows have, get no weights, whatever the
 * optimizer and the penalty. {@link #initialWeights} that are not zero are trained like others, and
 * those of {@link #continueFrom} stay as they are.
 *
 * <p>The same seed, data, settings and backend give the same model, bit for bit, whatever the
 * number of threads.
 */
public final class Trainer {
  final Backend backend;
  int epochs = 15;
  int batchSize = 128;
  Optimizer optimizer = Optimizer.adam(0.001);
  Schedule schedule = Schedule.constant();
  PenaltyMethod penaltyMethod = PenaltyMethod.PROXIMAL;
  double lasso = 1;
  double ridge = 1;
  double validationSplit;
  @Nullable Dataset validation;
  boolean shuffle = true;
  boolean standardize;
  long seed;
  @Nullable EarlyStopping earlyStopping;
  @Nullable Weights initialWeights;
  @Nullable Model continued;
  private Set<String> kept = Set.of();
  Cancellation cancellation = new Cancellation();
  final List<TrainingCallback> callbacks = new ArrayList<>();
  BooleanSupplier isCheckpointDue = () -> false;
  Consumer<TrainingState> checkpoints = state -> {};
  @Nullable TrainingState resumed;

  private Trainer(Backend backend) {
    this.backend = backend;
  }

  /** A trainer on {@code backend}, which no other thread may use while it trains. */
  public static Trainer on(Backend backend) {
    return new Trainer(Objects.requireNonNull(backend, "backend"));
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
    this.optimizer = Objects.requireNonNull(chosen, "optimizer");
    return this;
  }

  /** How the learning rate goes, from the optimizer's on; constant unless set. */
  public Trainer schedule(Schedule chosen) {
    this.schedule = Objects.requireNonNull(chosen, "schedule");
    return this;
  }

  /** How penalties enter the update; {@link PenaltyMethod#PROXIMAL} unless set. */
  public Trainer penaltyMethod(PenaltyMethod method) {
    this.penaltyMethod = Objects.requireNonNull(method, "penalty method");
    return this;
  }

  /**
   * What the network's penalties are multiplied by; 1 unless set. A path over lambda gives its
   * network penalties of 1 and says lambda here, so that its {@link TrainingSession} is prepared
   * once. The model's network has the products.
   *
   * @param l1AndGroup multiplies l1 and the group penalty
   * @param l2 multiplies l2
   */
  public Trainer strengths(double l1AndGroup, double l2) {
    this.lasso = strength(l1AndGroup);
    this.ridge = strength(l2);
    return this;
  }

  private static double strength(double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "strength: expected a finite number of at least 0, found " + value);
    }
    return value;
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

  /**
   * Validates on these rows, and trains on all of the others; none unless set. They are taken
   * {@link Dataset#under} the schema of what is trained on, and standardised as that is.
   */
  public Trainer validation(Dataset rows) {
    this.validation = Objects.requireNonNull(rows, "validation rows");
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
    this.earlyStopping = Objects.requireNonNull(rule, "early stopping");
    return this;
  }

  /**
   * Protects the input columns of these names from the first layer's penalty, all features of a
   * one-hot column; none unless set. Dense rows only.
   */
  public Trainer keep(Collection<String> columns) {
    this.kept = Set.copyOf(Objects.requireNonNull(columns, "columns to keep"));
    return this;
  }

  /**
   * Starts from these weights instead of drawing them. They are taken for weights of the features
   * as this training sees them: with {@link #standardize}, by mean and deviation of <em>its</em>
   * rows. A model that was standardised by other rows goes on with {@link #continueFrom}.
   */
  public Trainer initialWeights(Weights weights) {
    this.initialWeights = Objects.requireNonNull(weights, "initial weights");
    return this;
  }

  /**
   * Goes on from {@code model}: with its weights, under its schema, classes and standardisation, in
   * which its weights mean what they do; {@link #standardize} says nothing more then. Inputs that
   * are constant in the new rows keep their weights, as these rows do not tell against them; so do
   * classes that the new rows lack. The optimizer begins anew.
   *
   * <p>The data's columns are the model's, in its order: {@link io.lariat.data.Csv#read(
   * java.nio.file.Path, io.lariat.data.Schema, io.lariat.data.ReadProgress)} reads them by name.
   * Data from arrays has the model's features without names, and is taken {@link Dataset#under} the
   * model's schema.
   */
  public Trainer continueFrom(Model model) {
    this.continued = Objects.requireNonNull(model, "model to continue from");
    return this;
  }

  /** Lets {@code token} end the training from another thread. */
  public Trainer cancellation(Cancellation token) {
    this.cancellation = Objects.requireNonNull(token, "cancellation");
    return this;
  }

  /** Tells {@code callback} how it goes; several are told in the order added. */
  public Trainer callback(TrainingCallback callback) {
    callbacks.add(Objects.requireNonNull(callback, "callback"));
    return this;
  }

  /**
   * Tells {@code listener} of each epoch, on the thread that trains, in its turn with callbacks.
   */
  public Trainer onEpoch(Consumer<Epoch> listener) {
    Objects.requireNonNull(listener, "listener of epochs");
    return callback(
        new TrainingCallback() {
          @Override
          public Next onEpochEnd(Epoch epoch) {
            listener.accept(epoch);
            return Next.CONTINUE;
          }
        });
  }

  /**
   * Gives {@code keeper} the state after every epoch, on the thread that trains, so that a training
   * that was killed can {@link #resume}. Reading it costs about as much as an update does.
   */
  public Trainer checkpoint(Consumer<TrainingState> keeper) {
    return checkpoint(() -> true, keeper);
  }

  /** The same after the epochs at whose end {@code isDue} says so; the others cost nothing. */
  public Trainer checkpoint(BooleanSupplier isDue, Consumer<TrainingState> keeper) {
    this.isCheckpointDue = isDue;
    this.checkpoints = keeper;
    return this;
  }

  /**
   * Goes on where a training was that {@code state} was taken of, with the same network, data,
   * settings and backend: to the same end, bit for bit. The callbacks are told of its epochs again.
   */
  public Trainer resume(TrainingState state) {
    this.resumed = state;
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
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(data, "data");
    return run(network, data);
  }

  /**
   * Trains the network of the model that {@link #continueFrom} names, with its penalties, on {@code
   * data}; as {@link #fit(Network, Dataset)}.
   *
   * @throws IllegalStateException if there is no such model
   */
  public Training fit(Dataset data) {
    if (continued == null) {
      throw new IllegalStateException(
          "fit: name a model with continueFrom, or give the network to train");
    }
    return fit(continued.network(), data);
  }

  private Training run(Network network, Dataset data) {
    try (TrainingSession session = prepare(network, data)) {
      return session.fit(this);
    }
  }

  /**
   * Prepares many fits of {@code network} on {@code data}. The session keeps the settings that
   * decide how: the backend, the batch size, the optimizer but for its learning rate and weight
   * decay, the penalty method, validation, standardisation, columns to keep and the model to
   * continue from.
   *
   * @throws TrainingException if network, data and settings do not go together
   */
  public TrainingSession prepare(Network network, Dataset data) {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(data, "data");
    Dataset known = continued == null ? data : data.under(continued.schema());
    requireMatch(network, known);
    requireFit(network);
    if (validation != null && validationSplit > 0) {
      throw new TrainingException(
          "validation rows are given and a validation split of "
              + validationSplit
              + " is set; use one of them");
    }
    Network grouped = withGroups(network, known);
    if (known.sparseRows() != null) {
      requireFitForSparseRows(grouped, known);
    }
    backend.occupancy().enter();
    try {
      return TrainingSession.of(this, grouped, known);
    } finally {
      backend.occupancy().leave();
    }
  }

  /** {@link #prepare(Network, Dataset)} with rows that validate. */
  public TrainingSession prepare(Network network, Dataset trainingRows, Dataset validationRows) {
    return validation(validationRows).prepare(network, trainingRows);
  }

  /** The settings that a session cannot change. */
  record Structure(
      Backend backend,
      int batchSize,
      UpdateRule rule,
      PenaltyMethod penaltyMethod,
      double validationSplit,
      @Nullable Dataset validation,
      boolean standardize,
      Set<String> kept,
      @Nullable Model continued) {}

  Structure structure() {
    return new Structure(
        backend,
        batchSize,
        optimizer.rule(),
        penaltyMethod,
        validationSplit,
        validation,
        standardize,
        kept,
        continued);
  }

  /** Checks what a fit begins with and is penalised by. */
  void requireFit(Network network) {
    requirePenalties(network.atStrengths(lasso, ridge));
    requireFloat("strength", Math.max(lasso, ridge));
    requireStart(network);
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
    Head head = Heads.of(network.loss());
    if (head.task() != data.task() || network.outputs() != data.schema().target().outputs()) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "the network ends in dense(%d, %s), the %s target '%s' needs dense(%d, %s)",
              network.outputs(),
              network.head().activation(),
              data.task().name().toLowerCase(Locale.ROOT),
              data.schema().target().name(),
              data.schema().target().outputs(),
              Heads.of(data.task()).activation()));
    }
    head.requireTargets(data);
  }

  private static void requirePenalties(Network network) {
    for (Layer layer : network.layers()) {
      Penalty penalty = layer.penalty();
      requireFloat("penalty", Math.max(penalty.l1(), Math.max(penalty.l2(), penalty.group())));
    }
  }

  private static void requireFloat(String what, double value) {
    if (Double.isInfinite((float) value)) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "a %s of %s is too large for training in float32; use at most 3e38",
              what,
              value));
    }
  }

  /** Checks what the training starts from. */
  private void requireStart(Network network) {
    if (continued != null && initialWeights != null) {
      throw new TrainingException(
          "a model to continue from has weights of its own; leave the initial weights out");
    }
    if (continued != null && standardize && continued.standardization() == null) {
      throw new TrainingException(
          "the model to continue from takes features as they are, and its weights are for these;"
              + " train without standardising");
    }
    Weights start = continued == null ? initialWeights : continued.weights();
    if (start == null) {
      return;
    }
    String given = shape(start.layout());
    String needed = shape(new ParameterLayout(network));
    if (!given.equals(needed)) {
      throw new TrainingException(
          (continued == null ? "the initial weights are" : "the model to continue from is")
              + " of a network "
              + given
              + ", this one is "
              + needed
              + "; it must have the same inputs and layers");
    }
  }

  /** The widths, from the inputs to the outputs: {@code 30-128-1}. */
  private static String shape(ParameterLayout layout) {
    StringBuilder text = new StringBuilder().append(layout.in(0));
    for (int i = 0; i < layout.layers(); i++) {
      text.append('-').append(layout.out(i));
    }
    return text.toString();
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
    if (standardize || (continued != null && continued.standardization() != null)) {
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
        "Trainer[epochs=%d, batchSize=%d, optimizer=%s, schedule=%s, penaltyMethod=%s,"
            + " validationSplit=%s,"
            + " shuffle=%s, standardize=%s, seed=%d, earlyStopping=%s, initialWeights=%s]",
        epochs,
        batchSize,
        optimizer,
        schedule,
        penaltyMethod,
        validationSplit,
        shuffle,
        standardize,
        seed,
        earlyStopping == null ? "none" : earlyStopping,
        initialWeights == null ? "drawn" : "given");
  }
}
