package io.lariat.select;

/**
 * What a hidden unit may start from: weights of a few features, and the output that it should move.
 *
 * @param features the features with weights, ascending
 * @param weights their weights
 * @param output the output
 * @param sign whether it should raise the output, 1, or lower it, -1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Direction(int[] features, double[] weights, int output, int sign) {

  /** The opposite weights. */
  Direction opposite(int outputSign) {
    double[] negative = new double[weights.length];
    for (int i = 0; i < negative.length; i++) {
      negative[i] = -weights[i];
    }
    return new Direction(features, negative, output, outputSign);
  }
}
