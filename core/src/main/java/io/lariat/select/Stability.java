package io.lariat.select;

/**
 * What complementary pairs of subsamples say of a selection (Shah and Samworth 2013): the rows are
 * halved at random, features are selected on each half, and so for many pairs of halves. Columns
 * that stand in for each other count as one, which is selected when any of them is (Faletto and
 * Bien 2022): a {@link Cluster}; every other column is one by itself.
 *
 * @param subsamples how many halves were fitted, two a pair
 * @param meanSelected q, the mean number of clusters selected on a half, without kept ones
 * @param threshold pi: clusters that are selected on at least this share of the halves are called
 *     stable; more than 1/2, at most 1
 * @param clusters p, how many clusters could be selected, without kept ones
 * @param stable how many clusters are stable, without kept ones
 */
public record Stability(
    int subsamples, double meanSelected, double threshold, int clusters, int stable) {

  /** Shares of halves are equal up to rounding. */
  private static final double ROUNDING = 1e-9;

  static boolean isStable(double frequency, double threshold) {
    return frequency >= threshold - ROUNDING;
  }

  /** Whether a column or cluster that was selected with this frequency is stable. */
  public boolean isStable(double frequency) {
    return isStable(frequency, threshold);
  }

  /**
   * The bound on the expected number of clusters among the stable ones that a half selects no more
   * often than the average cluster, with a probability of at most {@code theta = q / p}: {@code
   * theta q / c} (Shah and Samworth 2013, theorem 2), where with B pairs and the least share of the
   * halves {@code tau >= pi} that there is, {@code c = 2 (2 tau - 1 - 1 / (2 B))} up to {@code tau
   * = 3/4} and {@code (1 + 1 / B) / (4 (1 - tau + 1 / (2 B)))} above. It holds if the number of
   * pairs on both of whose halves such a cluster is selected has a distribution with one mode;
   * neither need clusters that do not matter be exchangeable, nor the selection better than chance.
   * Where {@code theta} is above {@code 1 / sqrt(3)}, or {@code tau} not above {@code 1/2 +
   * min(theta^2, 1 / (2 B) + 3/4 theta^2)}, {@code c = 2 tau - 1}, which holds whatever the
   * distribution is (theorem 1).
   */
  public double expectedFalse() {
    return clusters == 0 ? 0 : meanSelected * meanSelected / clusters / divisor();
  }

  private double divisor() {
    double theta = meanSelected / clusters;
    double step = 1.0 / subsamples; // 1 / (2 B)
    double tau = step * Math.ceil(threshold * subsamples - ROUNDING);
    boolean isUnimodal =
        theta <= 1 / Math.sqrt(3)
            && tau > 0.5 + Math.min(theta * theta, step + 0.75 * theta * theta) + ROUNDING;
    double general = 2 * tau - 1;
    if (!isUnimodal) {
      return general;
    }
    double unimodal =
        tau <= 0.75 + ROUNDING ? 2 * (2 * tau - 1 - step) : (1 + 2 * step) / (4 * (1 - tau + step));
    return Math.max(general, unimodal);
  }

  /** Whether the bound is below the number of stable clusters; else it says nothing of them. */
  public boolean isInformative() {
    return expectedFalse() < stable;
  }
}
