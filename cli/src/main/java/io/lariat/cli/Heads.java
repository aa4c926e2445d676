package io.lariat.cli;

import io.lariat.backend.Activation;
import io.lariat.backend.Penalty;
import io.lariat.data.Target;
import io.lariat.model.Network;

/** The last layer that a target needs. */
final class Heads {
  private Heads() {}

  /** {@code hidden} with that layer and a penalty on its kernel. */
  static Network add(Network hidden, Target target, Penalty penalty) {
    Activation head =
        switch (target.task()) {
          case BINARY -> Activation.SIGMOID;
          case MULTICLASS -> Activation.SOFTMAX;
          case REGRESSION -> Activation.IDENTITY;
        };
    return hidden.dense(target.outputs(), head, penalty);
  }
}
