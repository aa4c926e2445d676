package io.lariat.path;

import io.lariat.backend.Backend;
import io.lariat.train.TrainingException;

/** Finds a lambda that empties a network, by doubling from where it does not. */
final class LambdaSearch {
  private static final double FIRST = 1e-3;
  private static final int MOST_DOUBLINGS = 100;

  /** How often the last doubling is halved on a logarithmic scale. */
  private static final int BISECTIONS = 2;

  private LambdaSearch() {}

  /**
   * The least such lambda, up to a factor of {@code 2^(1/4)}.
   *
   * @param path on which nothing has been trained yet
   */
  static double max(WarmPath path, Backend backend, long seed) {
    double lambda = FIRST;
    path.advance(backend, lambda, seed);
    for (int i = 0; !path.usesPenalized(); i++) {
      if (i == MOST_DOUBLINGS) {
        throw new TrainingException(
            "every lambda down to "
                + lambda
                + " empties the network; no feature helps to predict the target");
      }
      lambda /= 2;
      path.reset();
      path.advance(backend, lambda, seed);
    }
    double[] dense = path.state();
    for (int i = 0; path.usesPenalized(); i++) {
      if (i == MOST_DOUBLINGS) {
        throw new TrainingException(
            "no lambda up to " + lambda + " empties the network; standardise the features");
      }
      dense = path.state();
      lambda *= 2;
      path.advance(backend, lambda, seed);
    }
    double factor = 2;
    for (int i = 0; i < BISECTIONS; i++) {
      factor = Math.sqrt(factor);
      path.restore(dense);
      path.advance(backend, lambda / factor, seed);
      if (path.usesPenalized()) {
        dense = path.state();
      } else {
        lambda /= factor;
      }
    }
    return lambda;
  }
}
