package io.lariat.select;

/**
 * What complementary pairs of subsamples say of a selection (Shah and Samworth 2013): the rows are
 * halved at random, features are selected on each half, and so for many pairs of halves.
 *
 * @param subsamples how many halves were fitted, two a pair
 * @param meanSelected q, the mean number of columns selected on a half, without kept ones
 * @param threshold pi: columns that are selected on at least this share of the halves are called
 *     stable; more than 1/2, at most 1
 * @param columns p, how many columns could be selected, without kept ones
 * @param stable how many columns are stable, without kept ones
 */
public record Stability(
    int subsamples, double meanSelected, double threshold, int columns, int stable) {

  /**
   * The bound on the expected number of columns among the stable ones that do not matter: {@code
   * q^2 / ((2 pi - 1) p)} (Meinshausen and Buehlmann 2010, theorem 1), which holds if columns that
   * do not matter are exchangeable and are not selected more often than by chance.
   */
  public double expectedFalse() {
    return columns == 0 ? 0 : meanSelected * meanSelected / ((2 * threshold - 1) * columns);
  }
}
