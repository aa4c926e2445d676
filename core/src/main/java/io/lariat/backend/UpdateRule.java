package io.lariat.backend;

/**
 * An optimizer's update of one block of weights, the arithmetic of Keras 3: the one description of
 * it, which the reference backend executes as it stands and the fast ones are held against. In all
 * of them {@code g} is the gradient, {@code lr} the learning rate, {@code t} the step's number from
 * 1.
 *
 * <p>With {@link PenaltyMethod#SUBGRADIENT}, {@code g} includes {@code l1 * sign(w) + 2 * l2 * w}.
 * With {@link PenaltyMethod#PROXIMAL} it does not, and each rule ends in
 *
 * <pre>{@code
 * w = ST(u, c * l1) / (1 + 2 * c * l2)       ST(u, k) = sign(u) * max(|u| - k, 0)
 * }</pre>
 *
 * where {@code u} is the weight after the optimizer's step and {@code c}, the rule's own scale, is
 * such that a weight rests exactly where the KKT conditions hold: {@code |g| <= l1} at zero, {@code
 * g + l1 * sign(w) + 2 * l2 * w = 0} elsewhere. A weight that is thresholded away is {@code +0.0f}.
 *
 * <p><b>Groups of rows.</b> Where rows are penalised together ({@link RowGroups}), a group of n
 * weights in r rows with the factor f has the penalties {@code f * l1}, {@code f * l2} and {@code k
 * = f * group * sqrt(r)}, and the proximal step
 *
 * <pre>{@code
 * w = shrink(ST(u, c * f * l1), c * k) / (1 + 2 * c * f * l2)
 * shrink(x, k) = x * max(0, 1 - k / ||x||)       over the group
 * }</pre>
 *
 * (Simon et al. 2013, A sparse-group Lasso, section 3). This closed form needs a {@code c} that is
 * the same in the whole group, so RMSprop and Adam take one {@code D} for all of a group, from the
 * mean of its {@code v} and with its floor, and take it for the step too:
 *
 * <pre>{@code
 * D = max(sqrt(mean v) + epsilon, floor)         (RMSprop: sqrt(mean v + epsilon))
 * c = b / D;   floor as without groups, for the l1 of f * l1 + k / sqrt(n)
 * }</pre>
 *
 * That is a proximal gradient step of length {@code a / D}, whatever D is, so a group rests exactly
 * where {@code ||ST(g, f * l1)|| <= k} and it is zero, all of it {@code +0.0f}, or where {@code g +
 * f * l1 * sign(w) + 2 * f * l2 * w + k * w / ||w|| = 0}. A group without a penalty, as with a
 * factor of 0, takes the rule's plain step. With {@link PenaltyMethod#SUBGRADIENT} {@code g}
 * includes {@code f * l1 * sign(w) + 2 * f * l2 * w + k * w / ||w||}, the last term 0 where w is,
 * and each weight has its own {@code D}.
 *
 * <p>In a group that stays, weights whose gradient is 0 shrink for ever; what a shrinkage brings
 * below 2^-126 in magnitude, where many processors are slow, is {@code +0.0f}. A backend may take
 * weights below 2^-60 in magnitude for zero in {@code ||x||}.
 *
 * <p><b>What varies from step to step</b> is not here but in the {@value #RATES} floats that the
 * host writes to backend memory before a step, so that a recorded step can be replayed with others:
 * {@code rates[0] = a} scales the step and {@code rates[1] = b} the threshold, as {@link #rates}
 * gives them; {@code rates[2]} and {@code rates[3]} are the <em>strengths</em> of the penalties:
 * {@code l1} and {@code group} above are those of the {@link Penalty} times the one, {@code l2} is
 * times the other. What rounding them to floats has left is in {@code rates[4]} and {@code
 * rates[5]}, for backends that compute a threshold in double; their sums are the strengths to 48
 * bits.
 *
 * <p><b>Decay.</b> {@code rates[6] = decay} is the share of itself that each weight loses in a
 * step, whatever the rule and its gradient: decoupled weight decay (Loshchilov and Hutter 2019,
 * algorithm 2). In all formulas here
 *
 * <pre>{@code
 * u = w + (move / D - decay * w)
 * }</pre>
 *
 * where {@code move / D} is the rule's own step; without decay that is {@code u = w + move / D},
 * for infinite weights too. Decay belongs to no objective. Under it a weight still rests at zero
 * exactly where {@code |g| <= l1} (a group where {@code ||ST(g, f * l1)|| <= k}), but elsewhere
 * with {@code (decay / c) * w} among the terms that add up to zero: a ridge of which each weight
 * has its own, as {@code c} is, for Adam, a learning rate over the size of the weight's gradients.
 */
public sealed interface UpdateRule {

  /**
   * The floor under {@code D} in the threshold's scale, as a share of {@code l1}: a threshold is at
   * most ten step sizes, or the rule's own largest step where that is more.
   */
  double LEAST_SCALE = 0.1;

  /** How many numbers vary: {@code a}, {@code b}, two strengths, their rests, {@code decay}. */
  int RATES = 7;

  /** How many floats of state each weight has. */
  int stateRows();

  /**
   * What the host writes first for step {@code t}: {@code {a, b}}.
   *
   * @param learningRate the learning rate in force at this step
   * @param t the number of this step, from 1
   * @param carried what {@link #carried} has for this step
   */
  double[] rates(double learningRate, long t, double carried);

  /** The same where the learning rate was never another. */
  default double[] rates(double learningRate, long t) {
    return rates(learningRate, t, 0);
  }

  /**
   * What step {@code t} still has of the learning rates of earlier steps, beyond what it would have
   * if all had been {@code learningRate}; {@link #rates} adds it to {@code b}. It is 0 where they
   * were, and for rules whose state is of gradients alone: these take a whole step at the learning
   * rate in force.
   *
   * @param learningRate the learning rate in force at this step
   * @param t the number of this step, from 1
   * @param before the learning rate of the step before; any number for the first
   * @param carriedBefore what this was for the step before; 0 for the first
   */
  default double carried(double learningRate, long t, double before, double carriedBefore) {
    return 0;
  }

  /**
   * Renews a weight's state by its gradient and gives the numerator of its step, without decay
   * {@code u - w} times {@code D}.
   *
   * @param a scales the step
   * @param g the gradient
   * @param state {@code [stateRows]}, updated in place
   */
  double move(double a, double g, double[] state);

  /** The mean square {@code v} in a weight's state, of which {@code D} is made; 0 without one. */
  double square(double[] state);

  /** {@code D} for a mean square of {@code v}; 1 for a rule without. */
  double scale(double v);

  /** The floor under {@code D} in the threshold's scale, for a given {@code l1}. */
  double thresholdFloor(double l1);

  /**
   * Stochastic gradient descent, with momentum (state row 0) if {@code momentum > 0}:
   *
   * <pre>{@code
   * m = momentum * m - a * g;   u = w + m           (Nesterov: u = w + momentum * m - a * g)
   * c = b
   * }</pre>
   *
   * with {@code a = lr}. A gradient that stays the same moves {@code w} by {@code b * g} in step
   * {@code t}, with
   *
   * <pre>{@code
   * b = lr_t + momentum * lr_(t-1) + ... + momentum^(t-1) * lr_1
   * }</pre>
   *
   * (Nesterov: {@code momentum} times that, plus {@code lr_t}), so that is the threshold's scale:
   * with a threshold of plain {@code lr * l1} heavy-ball momentum would solve for {@code l1 * (1 -
   * momentum)}. Where the learning rate falls, old steps go on at the old one, and the threshold
   * with them: a weight at zero under {@code |g| <= l1} stays there. It is computed as {@code lr_t}
   * times the sum of the powers, and what is {@link #carried}.
   *
   * @param momentum in [0, 1)
   * @param nesterov whether to look ahead (Sutskever et al. 2013, equation 3)
   */
  record Sgd(double momentum, boolean nesterov) implements UpdateRule {
    /** Checks the momentum. */
    public Sgd {
      fraction("momentum", momentum);
    }

    @Override
    public int stateRows() {
      return momentum > 0 ? 1 : 0;
    }

    @Override
    public double move(double a, double g, double[] state) {
      if (momentum == 0) {
        return -a * g;
      }
      double m = momentum * state[0] - a * g;
      state[0] = m;
      return nesterov ? momentum * m - a * g : m;
    }

    @Override
    public double square(double[] state) {
      return 0;
    }

    @Override
    public double scale(double v) {
      return 1;
    }

    @Override
    public double thresholdFloor(double l1) {
      return 0;
    }

    @Override
    public double[] rates(double learningRate, long t, double carried) {
      double b = learningRate * powers(nesterov ? t + 1 : t);
      return new double[] {learningRate, b + (nesterov ? momentum : 1) * carried};
    }

    @Override
    public double carried(double learningRate, long t, double before, double carriedBefore) {
      return momentum * (carriedBefore + (before - learningRate) * powers(t - 1));
    }

    /** {@code 1 + momentum + momentum^2 ...}, so many terms. */
    private double powers(long terms) {
      return (1 - Math.pow(momentum, (double) terms)) / (1 - momentum);
    }
  }

  /**
   * RMSprop (Tieleman and Hinton 2012), the epsilon inside the root:
   *
   * <pre>{@code
   * v = rho * v + (1 - rho) * g^2;   D = sqrt(v + epsilon);   u = w - a * g / D
   * c = b / max(D, l1 * min(0.1, sqrt(1 - rho)))
   * }</pre>
   *
   * with {@code a = b = lr}. See {@link Adam} for the floor under {@code D}.
   *
   * @param rho the decay of the mean square, in [0, 1)
   * @param epsilon positive
   */
  record RmsProp(double rho, double epsilon) implements UpdateRule {
    /** Checks the numbers. */
    public RmsProp {
      fraction("rho", rho);
      positive("epsilon", epsilon);
    }

    @Override
    public int stateRows() {
      return 1;
    }

    @Override
    public double[] rates(double learningRate, long t, double carried) {
      return new double[] {learningRate, learningRate};
    }

    @Override
    public double move(double a, double g, double[] state) {
      state[0] = rho * state[0] + (1 - rho) * g * g;
      return -a * g;
    }

    @Override
    public double square(double[] state) {
      return state[0];
    }

    @Override
    public double scale(double v) {
      return Math.sqrt(v + epsilon);
    }

    @Override
    public double thresholdFloor(double l1) {
      return l1 * Math.min(LEAST_SCALE, Math.sqrt(1 - rho));
    }
  }

  /**
   * Adam (Kingma and Ba 2015), the bias corrections in the step size and epsilon added to the
   * uncorrected root, state rows {@code m} and {@code v}:
   *
   * <pre>{@code
   * m += (g - m) * (1 - beta1);   v += (g^2 - v) * (1 - beta2);   D = sqrt(v) + epsilon
   * u = w - a * m / D
   * c = b / max(D, l1 * min(0.1, sqrt(1 - beta2) / (1 - beta1)))
   * }</pre>
   *
   * with {@code a = b = lr * sqrt(1 - beta2^t) / (1 - beta1^t)}. The floor under {@code D} guards
   * weights that have seen next to no gradient: without it {@code c * l1} is {@code b * l1 /
   * epsilon} for them and a rare input is cut off at once; with it the threshold of one step is at
   * most {@code 10 * b} with the usual betas. It moves no fixed point: a weight rests away from
   * zero where {@code D} is near {@code l1} or more, above the floor; and no weight with {@code |g|
   * <= l1} can leave zero because of it, since Adam's own steps are at most {@code a * (1 - beta1)
   * / sqrt(1 - beta2)} (Kingma and Ba, section 2.1), which the floor never lets the threshold fall
   * below.
   *
   * <p>A backend may take an {@code m} below 2^-100 and a {@code v} below 2^-120 in magnitude for
   * zero: they would go on decaying into the subnormal numbers, which many processors handle
   * slowly.
   *
   * @param beta1 the decay of the mean, in [0, 1)
   * @param beta2 the decay of the mean square, in [0, 1)
   * @param epsilon positive
   */
  record Adam(double beta1, double beta2, double epsilon) implements UpdateRule {
    /** Checks the numbers. */
    public Adam {
      fraction("beta1", beta1);
      fraction("beta2", beta2);
      positive("epsilon", epsilon);
    }

    @Override
    public int stateRows() {
      return 2;
    }

    @Override
    public double[] rates(double learningRate, long t, double carried) {
      double a =
          learningRate
              * Math.sqrt(1 - Math.pow(beta2, (double) t))
              / (1 - Math.pow(beta1, (double) t));
      return new double[] {a, a};
    }

    @Override
    public double move(double a, double g, double[] state) {
      state[0] += (g - state[0]) * (1 - beta1);
      state[1] += (g * g - state[1]) * (1 - beta2);
      return -a * state[0];
    }

    @Override
    public double square(double[] state) {
      return state[1];
    }

    @Override
    public double scale(double v) {
      return Math.sqrt(v) + epsilon;
    }

    @Override
    public double thresholdFloor(double l1) {
      return l1 * Math.min(LEAST_SCALE, Math.sqrt(1 - beta2) / (1 - beta1));
    }
  }

  private static void fraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + ": expected a number in [0, 1), found " + value);
    }
  }

  private static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + ": expected a positive number, found " + value);
    }
    if (value < Float.MIN_NORMAL) { // its reciprocal would be infinite
      throw new IllegalArgumentException(
          name + ": expected at least 1.2e-38, the smallest normal float, found " + value);
    }
  }
}
