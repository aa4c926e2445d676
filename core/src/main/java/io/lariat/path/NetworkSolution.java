package io.lariat.path;

import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import io.lariat.numeric.Vectors;

/**
 * A network at one lambda, on the scale that it was trained on.
 *
 * @param network the layers with their penalties
 * @param lambda the strength of the penalty on every kernel
 * @param parameters in the order of {@link ParameterLayout}; zeros are exact
 * @param loss the mean data loss of the rows trained on
 * @param kkt the KKT residual of all rows, see {@link io.lariat.optimality.KktResidual}; it cannot
 *     be brought to 0 where rows rest at the kink of an activation
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NetworkSolution(
    Network network, double lambda, double[] parameters, double loss, double kkt)
    implements PathSolution {

  @Override
  public Weights weights() {
    return Weights.exact(new ParameterLayout(network), parameters);
  }

  @Override
  public int zeros() {
    return Vectors.zeros(parameters, new ParameterLayout(network).kernels());
  }

  @Override
  public int features() {
    int used = 0;
    for (double norm : traces()[0]) {
      used += norm > 0 ? 1 : 0;
    }
    return used;
  }

  @Override
  public double[][] traces() {
    int units = network.layers().getFirst().units();
    double[] norms = new double[network.inputs()];
    for (int j = 0; j < norms.length; j++) {
      for (int k = 0; k < units; k++) {
        norms[j] += Math.abs(parameters[j * units + k]);
      }
    }
    return new double[][] {norms};
  }
}
