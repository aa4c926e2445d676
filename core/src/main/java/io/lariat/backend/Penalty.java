package io.lariat.backend;

/**
 * The penalty on a kernel's weights: {@code l1 * sum |w| + l2 * sum w^2} (no 1/2 in front of l2, as
 * in Keras), and for groups of its rows {@code group * sum sqrt(rows) * ||w_group||} (Yuan and Lin
 * 2006, equation 2.1, the size of a group being its number of rows).
 *
 * @param l1 the Lasso's lambda, finite and not negative
 * @param l2 the ridge's lambda, finite and not negative
 * @param group the group Lasso's lambda, finite and not negative
 */
public record Penalty(double l1, double l2, double group) {

  /** No penalty. */
  public static final Penalty NONE = new Penalty(0, 0);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative, infinite or NaN
   */
  public Penalty {
    check("l1", l1);
    check("l2", l2);
    check("group", group);
  }

  /** A penalty without groups. */
  public Penalty(double l1, double l2) {
    this(l1, l2, 0);
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

  /**
   * The group Lasso, {@code lambda * sum sqrt(rows) * ||w_group||}: a whole group of weights is
   * zero or none of it. For the first kernel of a network only, whose rows are input features.
   */
  public static Penalty group(double lambda) {
    return new Penalty(0, 0, lambda);
  }

  /**
   * This penalty at other strengths.
   *
   * @param lasso what l1 and group are multiplied by
   * @param ridge what l2 is multiplied by
   */
  public Penalty times(double lasso, double ridge) {
    return new Penalty(lasso * l1, ridge * l2, lasso * group);
  }

  /** Whether this penalty is zero for every weight. */
  public boolean isNone() {
    return l1 == 0 && l2 == 0 && group == 0;
  }
}
