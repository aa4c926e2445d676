package io.lariat.backend;

/**
 * A data loss: the one description of it, in double, which the reference backend and the
 * computations in double execute as it stands and which the fast backends are held against.
 *
 * <p>Losses take logits {@code z}, the output layer before its activation, which is both exact and
 * cheaper than going through predictions. A batch's loss is the mean over its rows. {@link
 * ElementLoss} has those that go output by output, {@link CategoricalCrossEntropy} goes by rows.
 *
 * <p>Implementations are values: equal where their kind and parameters are.
 */
public sealed interface Loss permits ElementLoss, CategoricalCrossEntropy {
  /** What files call it, as Keras does: {@code mean_squared_error}. */
  String name();

  /** The number that it has beside its formula; NaN if it has none. */
  default double parameter() {
    return Double.NaN;
  }

  /**
   * A loss of this kind with another number.
   *
   * @throws IllegalArgumentException if it has none, or not this one
   */
  default Loss with(double parameter) {
    throw new IllegalArgumentException("loss: " + name() + " has no number, found " + parameter);
  }

  /**
   * This loss where logits and targets are {@code units} times as large: the same but for a factor.
   */
  default Loss inUnits(double units) {
    return this;
  }

  /** How many times as large {@link #inUnits} is where logits and targets are. */
  default double growth(double units) {
    return units * units;
  }

  /** What is said of a loss that {@link #hasKink}, after its name. */
  String KINK = "has no derivative where a prediction meets its target";

  /**
   * Whether it has no derivative where a prediction meets its target; steps then go by 0, which is
   * a subgradient, and what rests on optimality conditions cannot be had.
   */
  default boolean hasKink() {
    return false;
  }

  /** The activation that makes predictions of logits. */
  Activation activation();

  /** How many columns the targets of {@code outputs} logits have. */
  int targets(int outputs);

  /**
   * A row's loss.
   *
   * @param z its logits
   * @param y its targets
   */
  double value(double[] z, double[] y);

  /** A row's metric, of which a batch's is the mean. */
  double metric(double[] z, double[] y);

  /**
   * The gradient of {@code scale} times a row's loss by its logits.
   *
   * @param z its logits, overwritten by the gradient
   * @param y its targets
   */
  void gradient(double[] z, double[] y, double scale);

  /**
   * The logits, the same for all rows, that make the sum of the rows' losses least.
   *
   * @param y each row's only target
   */
  double[] constant(double[] y, int outputs);
}
