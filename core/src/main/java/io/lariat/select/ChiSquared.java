package io.lariat.select;

/** The chi-squared distribution's upper tail. */
final class ChiSquared {
  private static final double PRECISION = 1e-12;

  private ChiSquared() {}

  /**
   * The logarithm of the probability of a value of at least {@code x}, with {@code degrees} of
   * freedom: of the incomplete gamma function by its series below the mean and its continued
   * fraction above (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31).
   */
  static double logTail(double x, int degrees) {
    if (!(x > 0)) {
      return 0;
    }
    double a = 0.5 * degrees;
    double h = 0.5 * x;
    double front = a * Math.log(h) - h - logGamma(degrees);
    return h < a + 1 ? Math.log1p(-series(a, h) * Math.exp(front)) : front + fraction(a, h);
  }

  private static double series(double a, double h) {
    double term = 1 / a;
    double sum = term;
    for (double n = a + 1; term > PRECISION * sum; n++) {
      term *= h / n;
      sum += term;
    }
    return Math.min(sum, Double.MAX_VALUE);
  }

  /** The logarithm of {@code 1 / (h + 1 - a - 1 (1 - a) / (h + 3 - a - ...))}, by Lentz (1976). */
  private static double fraction(double a, double h) {
    double b = h + 1 - a;
    double c = 1e300;
    double d = 1 / b;
    double value = d;
    double factor = 0;
    for (int i = 1; Math.abs(factor - 1) > PRECISION; i++) {
      double term = i * (a - i);
      b += 2;
      d = 1 / (term * d + b);
      c = b + term / c;
      factor = c * d;
      value *= factor;
    }
    return Math.log(value);
  }

  /** The logarithm of the gamma function of {@code degrees / 2}. */
  private static double logGamma(int degrees) {
    double sum = degrees % 2 == 0 ? 0 : 0.5 * Math.log(Math.PI);
    for (double a = degrees % 2 == 0 ? 1 : 0.5; a < 0.5 * degrees - 0.25; a++) {
      sum += Math.log(a);
    }
    return sum;
  }
}
