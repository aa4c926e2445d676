package io.lariat.path;

import io.lariat.backend.Activation;
import io.lariat.backend.Penalty;
import io.lariat.data.Target;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import java.util.Map;

/** A linear solution as a network without a hidden layer. */
final class LinearModel {
  private LinearModel() {}

  static Model of(LambdaPath path, LinearSolution solution) {
    Target target = path.data().schema().target();
    Activation head =
        switch (target.task()) {
          case BINARY -> Activation.SIGMOID;
          case MULTICLASS -> Activation.SOFTMAX;
          case REGRESSION -> Activation.IDENTITY;
        };
    Network network =
        Network.of(path.data().features())
            .dense(target.outputs(), head, Penalty.elasticNet(solution.lambda(), path.l2()));
    ParameterLayout layout = new ParameterLayout(network);
    float[] values = new float[layout.size()];
    int outputs = target.outputs();
    for (int k = 0; k < outputs; k++) {
      values[layout.biasOffset(0) + k] = (float) solution.intercept()[k];
      for (int j = 0; j < path.data().features(); j++) {
        values[j * outputs + k] = (float) solution.coefficients()[k][j];
      }
    }
    return new Model(
        network,
        Weights.copyOf(layout, values),
        path.data().schema(),
        path.standardization(),
        path.targetStandardization(),
        Map.of());
  }
}
