package io.lariat.model;

import io.lariat.data.Rounding;
import java.util.Locale;

/**
 * What a model claims of its weights, measured in double on the rows that it was trained on, with
 * dropout off. A claim is worth what {@code io.lariat.optimality.Certification} finds when it
 * computes it again from the model and the data.
 *
 * <p>The residual is that of the optimality conditions of {@code data loss + penalty} (see {@code
 * io.lariat.optimality.KktResidual}): 0 means that no small change of the weights lowers the
 * objective to first order. Without a hidden layer that is the minimum; with smooth hidden layers a
 * stationary point. A ReLU has a kink at a pre-activation of 0: there the residual is that of one
 * of its one-sided derivatives, {@code rowsAtKinks} says in how many rows that matters, and nothing
 * more is claimed.
 *
 * @param residual the residual of the optimality conditions, at least 0
 * @param lambda what residuals are compared with: the least strength of an l1 or group penalty that
 *     the network has; 0 if it has none, and then the residual is compared with 1
 * @param polish how the polish ended
 * @param tolerance the residual that the polish was to reach, in units of lambda
 * @param objective data loss and penalty
 * @param dataLoss the mean data loss of the rows
 * @param penalty the penalty of the weights
 * @param data which rows they are
 * @param rowsAtKinks how many of the rows have a unit with a kink that counts and a pre-activation
 *     within {@code kinkTolerance} of 0
 * @param kinkTolerance that distance
 */
public record Certificate(
    double residual,
    double lambda,
    PolishEnd polish,
    double tolerance,
    double objective,
    double dataLoss,
    double penalty,
    Rows data,
    int rowsAtKinks,
    double kinkTolerance) {

  /** How the polish of the weights ended. */
  public enum PolishEnd {
    /** They were not polished. */
    NONE,
    /** The residual is at most the tolerance. */
    REACHED,
    /** Neither residual nor objective fell any more, above the tolerance. */
    STALLED,
    /** The iterations were used up. */
    ITERATIONS,
    /** It was cancelled. */
    CANCELLED
  }

  /**
   * The rows that a claim is about: the first ones of a table.
   *
   * @param used how many
   * @param all how many rows the table has
   * @param sha256 the hash of the whole table, see {@link io.lariat.data.Dataset#sha256}
   * @param rounding how its numbers were rounded before
   */
  public record Rows(int used, int all, String sha256, Rounding rounding) {

    /** Checks the numbers. */
    public Rows {
      if (used < 1 || used > all) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "expected 1 to %d rows of %d, found %d", all, all, used));
      }
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException("expected a hash of 64 hexadecimal digits");
      }
    }
  }

  /** Checks the numbers, not whether they are true. */
  public Certificate {
    requireSize("residual", residual);
    requireSize("lambda", lambda);
    requireSize("tolerance", tolerance);
    requireSize("objective", objective);
    requireSize("data loss", dataLoss);
    requireSize("penalty", penalty);
    requireSize("kink tolerance", kinkTolerance);
    if (rowsAtKinks < 0 || rowsAtKinks > data.used()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "expected 0 to %d rows at a kink, found %d", data.used(), rowsAtKinks));
    }
  }

  private static void requireSize(String what, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          what + ": expected a finite number of at least 0, found " + value);
    }
  }

  /** What residuals are measured in: lambda, or 1 without one. */
  public double unit() {
    return lambda > 0 ? lambda : 1;
  }

  /** The residual in units of lambda. */
  public double lambdas() {
    return residual / unit();
  }
}
