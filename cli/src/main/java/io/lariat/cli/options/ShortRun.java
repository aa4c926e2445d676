package io.lariat.cli.options;

import io.lariat.data.Dataset;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;

/**
 * Trainings that are over before the JVM has compiled the vector kernels: scalar code, which is
 * fast from the start, does them in half the time or less. Which ones is a matter of data and
 * settings alone, so the same command gives the same bits on every run.
 */
public final class ShortRun {

  /**
   * Below this many multiplications. Measured on 30-128-64-1 with 512 rows, two cores of Zen 4
   * (docs/decisions/0016): the whole program is as fast either way at some 6e9.
   */
  private static final double MOST_MULTIPLICATIONS = 3e9;

  private ShortRun() {}

  /** Whether it is one. */
  public static boolean is(Network network, Dataset data, double epochs) {
    // forward, the gradient of the weights, that of the inputs: a multiplication a weight each
    double perRow = 3.0 * new ParameterLayout(network).kernels();
    return perRow * data.rows() * epochs < MOST_MULTIPLICATIONS;
  }
}
