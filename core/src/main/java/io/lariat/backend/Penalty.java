package io.lariat.backend;

/**
 * The penalty on a kernel's weights: {@code l1 * sum |w| + l2 * sum w^2} (no 1/2 in front of l2, as
 * in Keras).
 *
 * @param l1 the Lasso's lambda, finite and not negative
 * @param l2 the ridge's lambda, finite and not negative
 */
public record Penalty(double l1, double l2) {

  /** No penalty. */
  public static final Penalty NONE = new Penalty(0, 0);

  /**
   * Checks both numbers.
   *
   * @throws IllegalArgumentException if one is negative, infinite or NaN
   */
  public Penalty {
    check("l1", l1);
    check("l2", l2);
  }

  private static void check(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "penalty " + name + ": expected a finite number of at least 0, found " + value);
    }
  }

  /** The Lasso: {@code lambda * sum |w|}. */
  public static Penalty l1(double lambda) {
    return new Penalty(lambda, 0);
  }

  /** The ridge, or weight decay: {@code lambda * sum w^2}. */
  public static Penalty l2(double lambda) {
    return new Penalty(0, lambda);
  }

  /** The elastic net: both. */
  public static Penalty elasticNet(double l1, double l2) {
    return new Penalty(l1, l2);
  }

  /** Whether this penalty is zero for every weight. */
  public boolean isNone() {
    return l1 == 0 && l2 == 0;
  }
}
