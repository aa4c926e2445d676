package io.lariat.model;

import io.lariat.backend.Activation;
import io.lariat.backend.Penalty;

/**
 * A dense layer: {@code y = f(x w + b)}, followed in training by dropout.
 *
 * @param units the number of outputs
 * @param activation f
 * @param penalty the penalty on the kernel w; the bias has none
 * @param dropout the share of outputs that dropout zeroes in training, in [0, 1)
 */
public record Layer(int units, Activation activation, Penalty penalty, double dropout) {

  /** What layer number {@code i} of a network is called in files and messages: {@code dense_0}. */
  public static String name(int i) {
    return "dense_" + i;
  }

  /** Checks the numbers. */
  public Layer {
    if (units < 1) {
      throw new IllegalArgumentException("dense layer: expected at least 1 unit, found " + units);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout: expected a number in [0, 1), found " + dropout);
    }
  }
}
