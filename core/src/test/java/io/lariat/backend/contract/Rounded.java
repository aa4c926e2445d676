package io.lariat.backend.contract;

/**
 * A number computed in double beside a bound of how far the same computation in float32 may be off:
 * a running error analysis (Higham, Accuracy and Stability of Numerical Algorithms, section 3.3).
 * Each operation adds its own rounding to what its operands bring along.
 *
 * @param value the value
 * @param error how far a float32 computation of it may lie from it
 */
record Rounded(double value, double error) {

  /** A float as it is in memory. */
  static Rounded of(float value) {
    return new Rounded(value, 0);
  }

  /** A constant that a backend may round to float. */
  static Rounded constant(double value) {
    return new Rounded(value, Expected.UNIT * Math.abs(value));
  }

  /** {@code this + other}. */
  Rounded plus(Rounded other) {
    return rounded(value + other.value, error + other.error);
  }

  /** {@code this - other}. */
  Rounded minus(Rounded other) {
    return rounded(value - other.value, error + other.error);
  }

  /** {@code this * other}. */
  Rounded times(Rounded other) {
    return rounded(
        value * other.value,
        Math.abs(value) * other.error + Math.abs(other.value) * error + error * other.error);
  }

  /** {@code this / other}; the divisor is well away from zero. */
  Rounded over(Rounded other) {
    double quotient = value / other.value;
    double divisor = Math.abs(other.value) - other.error;
    return rounded(quotient, (error + Math.abs(quotient) * other.error) / divisor);
  }

  /** The square root of what is not negative. */
  Rounded root() {
    double root = Math.sqrt(value);
    return rounded(root, root - Math.sqrt(Math.max(value - error, 0)));
  }

  /** The sum of all, in any order. */
  static Rounded sum(Rounded... terms) {
    double sum = 0;
    double sizes = 0;
    double error = 0;
    for (Rounded term : terms) {
      sum += term.value;
      sizes += Math.abs(term.value) + term.error;
      error += term.error;
    }
    return new Rounded(sum, error + terms.length * Expected.UNIT * sizes + Expected.TINY);
  }

  /** The larger of the two. */
  Rounded max(Rounded other) {
    return new Rounded(Math.max(value, other.value), Math.max(error, other.error));
  }

  /** {@code sign(this) * max(|this| - k, 0)}. */
  Rounded softThreshold(Rounded k) {
    double size = Math.max(Math.abs(value) - k.value, 0);
    return rounded(Math.signum(value) * size, error + k.error);
  }

  private static Rounded rounded(double value, double error) {
    return new Rounded(value, error + Expected.UNIT * (Math.abs(value) + error) + Expected.TINY);
  }
}
