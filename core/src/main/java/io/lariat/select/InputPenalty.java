package io.lariat.select;

import io.lariat.numeric.Lbfgs;

/**
 * The loss of a network with a group penalty on its inputs, smooth so that L-BFGS can minimise it:
 * {@code loss + lambda sum_g factor_g phi(||w_g||) + ridge/2 (||w||^2 + ||b||^2)}, where {@code
 * ||w_g||} is rounded off at zero by {@code softness}.
 *
 * @param network the network
 * @param group for each of its inputs, the group it is in
 * @param factor for each group, what lambda is multiplied by
 * @param lambda the strength
 * @param shape phi
 * @param softness below this norm the penalty is quadratic
 * @param ridge a quadratic penalty on the first kernel and its biases
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record InputPenalty(
    GroupNetwork network,
    int[] group,
    double[] factor,
    double lambda,
    PenaltyShape shape,
    double softness,
    double ridge)
    implements Lbfgs.Function {

  @Override
  public double valueAndGradient(double[] w, double[] gradient) {
    double value = network.lossAndGradient(w, gradient);
    double[] squares = squares(network, group, factor.length, w);
    double[] slope = new double[factor.length];
    for (int g = 0; g < slope.length; g++) {
      double t = Math.sqrt(squares[g] + softness * softness);
      double s = t - softness;
      double strength = lambda * factor[g];
      value += strength * shape.value(s);
      slope[g] = strength * shape.slope(s) / t;
    }
    int fan = network.fan();
    for (int j = 0; j < network.inputs; j++) {
      double by = slope[group[j]] + ridge;
      for (int i = j * fan; i < (j + 1) * fan; i++) {
        gradient[i] += by * w[i];
        value += 0.5 * ridge * w[i] * w[i];
      }
    }
    for (int i = network.bias(); i < network.outputBias(); i++) {
      gradient[i] += ridge * w[i];
      value += 0.5 * ridge * w[i] * w[i];
    }
    return value;
  }

  /** The norm of each group's weights. */
  static double[] norms(GroupNetwork network, int[] group, int groups, double[] w) {
    double[] norms = squares(network, group, groups, w);
    for (int g = 0; g < groups; g++) {
      norms[g] = Math.sqrt(norms[g]);
    }
    return norms;
  }

  private static double[] squares(GroupNetwork network, int[] group, int groups, double[] w) {
    double[] squares = new double[groups];
    int fan = network.fan();
    for (int j = 0; j < network.inputs; j++) {
      for (int i = j * fan; i < (j + 1) * fan; i++) {
        squares[group[j]] += w[i] * w[i];
      }
    }
    return squares;
  }
}
