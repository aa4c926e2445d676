package io.lariat.path;

import io.lariat.backend.Backend;
import io.lariat.data.ConstantFeatures;
import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.Weights;
import io.lariat.numeric.Vectors;
import io.lariat.optimality.NetworkPenalty;
import io.lariat.optimality.Objective;
import io.lariat.optimality.ObjectivePolish;
import io.lariat.train.StopReason;
import io.lariat.train.Trainer;
import io.lariat.train.Training;
import io.lariat.train.TrainingSession;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A network that is trained on some rows for one lambda after another, each time from the weights
 * of the one before; from dense to sparse when the lambdas rise.
 *
 * <p>Each time mini-batches of proximal Adam do the bulk. They leave noise, so steps over all rows
 * in double follow ({@link AcceleratedDescent}), as many as cost about what the epochs do; and
 * where few weights are left, Newton steps ({@link ObjectivePolish}), a few of them.
 */
final class WarmPath implements AutoCloseable {
  /** The first network starts from nothing, and is given so many times the epochs. */
  private static final int FIRST = 5;

  private static final int MOST_STEPS = 30;

  /** The learning rate of the last epochs of large networks, and their part of all. */
  private static final double SLOW = 0.1;

  private static final int SLOW_PART = 4;

  /** Rows times weights of all steps of a refinement. */
  private static final double STEPS_WORK = 2e7;

  /** Rows times the square of the weights that are left, up to which Newton steps are taken. */
  private static final double NEWTON_WORK = 2e6;

  /** Iterations of a polish: for a fold, which is only measured. */
  static final int FEW = 2;

  /** For all rows, whose residual is told. */
  static final int MANY = 10;

  private static final double TOLERANCE = 1e-4;

  private final NetworkPath settings;
  private final PathNetworks networks;
  private final Dataset rows;
  private final int iterations;
  private final Objective objective;
  final @Nullable Standardization features;
  final @Nullable Standardization target;

  /** The network under penalties of 1; opened when the first lambda is trained for. */
  private @Nullable TrainingSession session;

  private double[] w;
  private double step = 1;
  private boolean started;

  /** A path over {@code rows}; a polish has up to {@code iterations}. */
  WarmPath(NetworkPath settings, PathNetworks networks, Dataset rows, int iterations) {
    this.iterations = iterations;
    this.settings = settings;
    this.networks = networks;
    this.rows = rows;
    boolean standardize = settings.standardizes();
    features = standardize ? Standardization.ofFeatures(rows, rows.rows()) : null;
    target =
        standardize && networks.head().standardizesTarget()
            ? Standardization.ofTarget(rows, rows.rows())
            : null;
    @Nullable Standardization shown =
        standardize ? features : ConstantFeatures.hiding(rows, rows.rows(), j -> true);
    objective = Objective.of(networks.at(1), rows, rows.rows(), shown, target);
    w = new double[objective.layout().size()];
  }

  /** Forgets all that was trained. */
  void reset() {
    Arrays.fill(w, 0);
    step = 1;
    started = false;
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }

  /** The parameters reached. */
  double[] parameters() {
    return w.clone();
  }

  /** Whether every kernel is zero. */
  boolean isEmpty() {
    int kernels = objective.layout().kernels();
    return started && Vectors.zeros(w, kernels) == kernels;
  }

  /** Whether a feature that has a penalty is used. */
  boolean usesPenalized() {
    double[] factors = networks.factors();
    int units = objective.layout().out(0);
    for (int e = 0; e < factors.length * units; e++) {
      if (w[e] != 0 && factors[e / units] > 0) {
        return true;
      }
    }
    return false;
  }

  /** All that the next lambda starts from: the step, then the parameters that are not zero. */
  double[] state() {
    double[] state = new double[1 + 2 * w.length];
    int at = 0;
    state[at++] = step;
    for (int e = 0; e < w.length; e++) {
      if (w[e] != 0) {
        state[at++] = e;
        state[at++] = w[e];
      }
    }
    return Arrays.copyOf(state, at);
  }

  /** Goes on from a {@link #state}; false if it is one of another network. */
  boolean restore(double[] state) {
    step = state[0];
    Arrays.fill(w, 0);
    for (int i = 1; i < state.length; i += 2) {
      boolean isPlace = state[i] >= 0 && state[i] < w.length && state[i] == (int) state[i];
      if (!isPlace || i + 1 == state.length) {
        return false;
      }
      w[(int) state[i]] = state[i + 1];
    }
    started = true;
    return true;
  }

  /**
   * Trains for {@code lambda}.
   *
   * @throws CancellationException if it was cancelled
   */
  void advance(Backend backend, double lambda, long seed) {
    Network network = networks.at(lambda);
    if (!isEmpty()) {
      train(backend, lambda, seed);
    }
    refine(network, lambda);
    started = true;
    if (settings.isCancelled()) {
      throw new CancellationException("the path was cancelled");
    }
  }

  private void train(Backend backend, double lambda, long seed) {
    int epochs = settings.epochs();
    train(
        backend,
        lambda,
        1,
        started ? epochs : (int) Math.min((long) FIRST * epochs, Integer.MAX_VALUE),
        seed,
        started);
    if (steps() < MOST_STEPS) {
      train(backend, lambda, SLOW, Math.ceilDiv(epochs, SLOW_PART), seed, true);
    }
  }

  private void train(
      Backend backend, double lambda, double rate, int epochs, long seed, boolean warm) {
    Trainer trainer =
        settings
            .trainer(backend, rate)
            .epochs(epochs)
            .callback(new Plateau())
            .seed(seed)
            .strengths(lambda, 1);
    if (warm) {
      trainer.initialWeights(Weights.exact(objective.layout(), w));
    }
    if (session == null) {
      session = trainer.prepare(networks.at(1), rows);
    }
    Training run = session.fit(trainer);
    if (run.stopReason() == StopReason.CANCELLED) {
      throw new CancellationException("the path was cancelled");
    }
    float[] values = new float[w.length];
    run.model().weights().copyTo(values);
    for (int e = 0; e < values.length; e++) {
      w[e] = values[e];
    }
  }

  /** How many steps over all rows cost about as much as the epochs. */
  private int steps() {
    double work = (double) rows.rows() * objective.layout().kernels();
    return (int) Math.min(MOST_STEPS, STEPS_WORK / work);
  }

  private void refine(Network network, double lambda) {
    Objective at = objective.withPenaltiesOf(network);
    int steps = steps();
    AcceleratedDescent descent = new AcceleratedDescent(at, step);
    descent.run(w, steps, TOLERANCE * lambda);
    step = descent.step();
    at.removeDeadUnits(w);
    Vectors.flush(w, 0, w.length);
    int kernels = objective.layout().kernels();
    double left = kernels - Vectors.zeros(w, kernels);
    boolean polishes = steps == MOST_STEPS && rows.rows() * left * left <= NEWTON_WORK;
    boolean wasEmpty = left == 0;
    if (polishes) {
      polish(at);
    }
    if (polishes && !wasEmpty && isEmpty()) {
      polish(at); // the last weight is gone, and the biases rest elsewhere now
    }
  }

  private void polish(Objective at) {
    w =
        ObjectivePolish.of(at)
            .maxIterations(iterations)
            .cancelled(settings::isCancelled)
            .run(w)
            .parameters();
  }

  /** The network reached at {@code lambda} as a model. */
  Model model(double lambda) {
    return new Model(
        networks.at(lambda),
        Weights.exact(objective.layout(), w),
        rows.schema(),
        features,
        target,
        Map.of());
  }

  /** The mean data loss of the network reached at {@code lambda}, then its KKT residual. */
  double[] lossAndResidual(double lambda) {
    double[] gradient = new double[w.length];
    double loss = objective.dataLossAndGradient(w, gradient);
    NetworkPenalty penalty = NetworkPenalty.of(networks.at(lambda));
    return new double[] {loss, penalty.residual(w, gradient).value()};
  }

  /** The network reached at {@code lambda}, with what was measured of it. */
  NetworkSolution solution(double lambda, double loss, double kkt) {
    return new NetworkSolution(networks.at(lambda), lambda, w.clone(), loss, kkt);
  }
}
