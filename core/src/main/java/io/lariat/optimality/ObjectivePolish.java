package io.lariat.optimality;

import io.lariat.model.ParameterLayout;
import io.lariat.numeric.ProximalGradient;
import io.lariat.numeric.Vectors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes parameters to a stated residual of the optimality conditions, with all rows and in double.
 *
 * <p>Proximal gradient steps with backtracking find out which weights are zero; as soon as that
 * rests, Newton steps on the others ({@link SupportNewton}) bring the residual down; the conditions
 * are then checked for all weights, and zeros that break theirs come back by the next proximal
 * step. The objective never rises but for rounding. Where there is a hidden layer, units that no
 * longer reach the output lose their weights, and the constant output of units without inputs goes
 * into the next bias: both lower the penalty and change no prediction.
 *
 * <p>Without a hidden layer the problem is convex and the result its minimum, the Lasso. At the
 * kinks of activations the gradient jumps, and the polish may end above the tolerance: the result
 * says so.
 */
public final class ObjectivePolish {
  /** The residual that is aimed at unless another is asked for, in units of lambda. */
  public static final double DEFAULT_TOLERANCE = 1e-6;

  private static final int REST = 3;
  private static final int MOST_GRADIENT_STEPS = 60;
  private static final int PATIENCE = 60;
  private static final double GROWTH = 1.5;
  private static final double LONGEST_STEP = 1e6;

  private final Objective objective;
  private final ParameterLayout layout;
  private final NetworkPenalty penalty;
  private final ProximalGradient steps;
  private double tolerance = DEFAULT_TOLERANCE;
  private int maxIterations = 300;
  private BooleanSupplier cancelled = () -> false;
  private Progress progress = (iteration, residual) -> {};
  private long passes;

  /** Is told how a polish goes on, on the thread that polishes. */
  @FunctionalInterface
  public interface Progress {
    /**
     * After an iteration.
     *
     * @param iteration its number, from 0
     * @param residual the KKT residual in units of lambda
     */
    void onIteration(int iteration, double residual);

    /**
     * After a pass over all rows, of which an iteration has from two to thousands.
     *
     * @param passes how many there were
     */
    default void onPass(long passes) {}
  }

  /** Why a polish ended. */
  public enum Reason {
    /** The residual is at most the tolerance. */
    REACHED,
    /** Neither residual nor objective fell any more. */
    STALLED,
    /** The iterations were used up. */
    ITERATIONS,
    /** It was cancelled; the parameters are those reached until then. */
    CANCELLED
  }

  /**
   * What a polish reached.
   *
   * @param parameters in the order of the layout
   * @param residual the residual there
   * @param iterations how many were run
   * @param reason why it ended
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Result(double[] parameters, KktResidual residual, int iterations, Reason reason) {}

  private ObjectivePolish(Objective objective) {
    this.objective = objective;
    this.layout = objective.layout();
    this.penalty = NetworkPenalty.of(objective.network());
    this.steps =
        new ProximalGradient(objective::dataLoss, penalty::proximal, this::endsAfterPass, 1);
  }

  /** A polish for the objective and the penalties of its network. */
  public static ObjectivePolish of(Objective objective) {
    return new ObjectivePolish(objective);
  }

  /**
   * The residual to reach in units of lambda; {@value #DEFAULT_TOLERANCE} unless set. Where lambdas
   * differ the smallest counts, where there is none the residual itself.
   */
  public ObjectivePolish tolerance(double lambdas) {
    if (!(lambdas > 0) || Double.isInfinite(lambdas)) {
      throw new IllegalArgumentException(
          "polish tolerance: expected a finite number above 0, found " + lambdas);
    }
    this.tolerance = lambdas;
    return this;
  }

  /** The most iterations, each of some proximal and some Newton steps; 300 unless set. */
  public ObjectivePolish maxIterations(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("polish iterations: expected at least 1, found " + most);
    }
    this.maxIterations = most;
    return this;
  }

  /**
   * Ends the polish when {@code token} says so, asked after every pass over the rows; an interrupt
   * of its thread, which stays interrupted, does the same.
   */
  public ObjectivePolish cancelled(BooleanSupplier token) {
    this.cancelled = token;
    return this;
  }

  /** Tells {@code listener} how it goes. */
  public ObjectivePolish progress(Progress listener) {
    this.progress = listener;
    return this;
  }

  /** Polishes from {@code start}, which stays as it is. */
  public Result run(double[] start) {
    double[] w = start.clone();
    Vectors.flush(w, 0, w.length);
    SupportNewton newton = new SupportNewton(objective, penalty, this::endsAfterPass);
    double[] g = new double[w.length];
    double target = tolerance * penalty.scale();
    double best = Double.POSITIVE_INFINITY;
    double lowest = Double.POSITIVE_INFINITY;
    int since = 0;
    for (int iteration = 0; ; iteration++) {
      double value = objective.dataLossAndGradient(w, g) + penalty.value(w);
      KktResidual residual = penalty.residual(w, g);
      progress.onIteration(iteration, residual.value() / penalty.scale());
      since =
          residual.value() < 0.9 * best || value < lowest - 1e-7 * Math.abs(lowest) ? 0 : since + 1;
      if (since == 0) {
        lowest = value;
      }
      best = Math.min(best, residual.value());
      Reason reason = end(residual, target, iteration, since);
      if (reason != null) {
        return new Result(w, residual, iteration, reason);
      }
      identify(w, g, value - penalty.value(w));
      newton.minimise(w, 0.3 * target);
    }
  }

  /** Counts a pass over the rows; whether the polish has been cancelled. */
  private boolean endsAfterPass() {
    progress.onPass(++passes);
    return isCancelled();
  }

  private boolean isCancelled() {
    return cancelled.getAsBoolean() || Thread.currentThread().isInterrupted();
  }

  private @Nullable Reason end(KktResidual residual, double target, int iteration, int since) {
    if (residual.value() <= target) {
      return Reason.REACHED;
    }
    if (isCancelled()) {
      return Reason.CANCELLED;
    }
    if (since > PATIENCE) {
      return Reason.STALLED;
    }
    return iteration == maxIterations ? Reason.ITERATIONS : null;
  }

  /** Proximal gradient steps until the zeros rest; {@code g} and {@code loss} are those at w. */
  private void identify(double[] w, double[] g, double loss) {
    int resting = 0;
    double[] trial = new double[w.length];
    for (int k = 0; k < MOST_GRADIENT_STEPS && resting < REST; k++) {
      if (k > 0) {
        loss = objective.dataLossAndGradient(w, g);
      }
      if (endsAfterPass() || Double.isNaN(steps.take(w, loss, g, trial))) {
        return;
      }
      steps.grow(GROWTH, LONGEST_STEP);
      boolean same = true;
      for (int e = 0; e < layout.kernels(); e++) {
        same &= (w[e] == 0) == (trial[e] == 0);
      }
      System.arraycopy(trial, 0, w, 0, w.length);
      same &= !objective.removeDeadUnits(w);
      resting = same ? resting + 1 : 0;
    }
  }
}
