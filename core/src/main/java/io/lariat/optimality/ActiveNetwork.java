package io.lariat.optimality;

import io.lariat.backend.Activation;
import io.lariat.model.Network;
import io.lariat.numeric.LiveUnits;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The part of a network that its weights of now use: without dead units, and without inputs that
 * have no weight. Its data loss as a function of the free parameters, which are the weights that
 * are not zero and the biases; the others stay where they are.
 */
final class ActiveNetwork {
  private final Objective objective;

  /** The full position of each free parameter, ascending. */
  final int[] free;

  /** The small network's position of each free parameter. */
  private final int[] small;

  private final double[] parameters;
  private final double[] gradient;

  private ActiveNetwork(Objective objective, int[] free, int[] small) {
    this.objective = objective;
    this.free = free;
    this.small = small;
    parameters = new double[objective.layout().size()];
    gradient = new double[parameters.length];
  }

  /** What {@code w} uses of the network of {@code full}. */
  static ActiveNetwork of(Objective full, double[] w) {
    LiveUnits live = LiveUnits.of(full.layout().widths(), e -> w[e] == 0);
    int[] inputs = live.inputs(0);
    Network network = full.network().emptied(inputs.length);
    for (int i = 0; i < full.layout().layers(); i++) {
      Activation f = full.network().layers().get(i).activation();
      network = network.dense(live.units(i).length, f);
    }
    Objective objective = full.restricted(network, inputs);
    int[] positions = live.positions(inputs);
    int kernels = objective.layout().kernels();
    int[] small =
        IntStream.range(0, positions.length)
            .filter(p -> p >= kernels || w[positions[p]] != 0)
            .toArray();
    int[] free = Arrays.stream(small).map(p -> positions[p]).toArray();
    return new ActiveNetwork(objective, free, small);
  }

  /** The data loss at the free parameters of {@code w}, the gradient by them added nowhere. */
  double dataLoss(double[] w) {
    gather(w);
    return objective.dataLoss(parameters);
  }

  /** The data loss; its gradient is written to the free positions of {@code out}. */
  double dataLossAndGradient(double[] w, double[] out) {
    gather(w);
    double loss = objective.dataLossAndGradient(parameters, gradient);
    for (int p = 0; p < free.length; p++) {
      out[free[p]] = gradient[small[p]];
    }
    return loss;
  }

  private void gather(double[] w) {
    for (int p = 0; p < free.length; p++) {
      parameters[small[p]] = w[free[p]];
    }
  }
}
