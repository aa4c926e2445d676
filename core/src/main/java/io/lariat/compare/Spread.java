package io.lariat.compare;

/**
 * The mean of some figures and how far they spread.
 *
 * @param mean their mean
 * @param deviation their standard deviation (of the sample, n - 1); 0 for a single one
 */
public record Spread(double mean, double deviation) {

  /** Of {@code values}, at least one. */
  static Spread of(double... values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double square = 0;
    for (double value : values) {
      square += (value - mean) * (value - mean);
    }
    return new Spread(mean, values.length < 2 ? 0 : Math.sqrt(square / (values.length - 1)));
  }
}
