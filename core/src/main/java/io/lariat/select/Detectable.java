package io.lariat.select;

/**
 * How strongly a column, a number by itself, must go with the target for these rows to show it: it
 * has to reach lambda, and then to be told from chance.
 */
final class Detectable {
  /** The normal quantile of nine in ten. */
  private static final double NINE_IN_TEN = 1.2816;

  private Detectable() {}

  /**
   * The absolute correlation from which on a column is selected from nine of ten tables of as many
   * rows: Fisher's z of what these rows must show, and the quantile of its error beyond that.
   *
   * @param lambda the threshold of the search
   * @param share of the target's variance that a column must explain to be told from chance
   */
  static double correlation(SelectionData data, double lambda, double share) {
    double least = Math.max(atLambda(data, lambda), Math.sqrt(Math.min(1, share)));
    if (least >= 1) {
      return 1;
    }
    double z = 0.5 * Math.log((1 + least) / (1 - least));
    return Math.tanh(z + NINE_IN_TEN / Math.sqrt(Math.max(1, data.rows() - 3)));
  }

  /**
   * The correlation at which a column's gradient is lambda: the correlation itself for the root of
   * the mean squared error, the covariance with a class's indicator for the cross-entropy. Of
   * several classes it depends on which ones the column tells apart; 0.
   */
  private static double atLambda(SelectionData data, double lambda) {
    if (data.task().isNumber()) {
      return lambda;
    }
    if (data.outputs() > 1) {
      return 0;
    }
    double positive = 0;
    for (double label : data.y) {
      positive += label / data.rows();
    }
    return lambda / Math.sqrt(positive * (1 - positive));
  }
}
