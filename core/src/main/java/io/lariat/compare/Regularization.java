package io.lariat.compare;

import io.lariat.backend.Penalty;
import io.lariat.model.Layer;
import io.lariat.model.Network;
import java.util.Locale;

/** A way to keep a network from overfitting; lambda is its one number. */
public enum Regularization {
  /** Nothing. */
  NONE,
  /** {@code lambda * sum |w|}. */
  L1,
  /** {@code lambda * sum w^2}. */
  L2,
  /** Half of each: {@code lambda / 2 * (sum |w| + sum w^2)}. */
  ELASTIC_NET,
  /** L1, and dropout after each hidden layer. */
  L1_DROPOUT,
  /** L1, and the end of training when the loss of rows that are not trained on rises. */
  L1_EARLY_STOPPING;

  /** Whether there is a lambda to choose. */
  public boolean hasLambda() {
    return this != NONE;
  }

  /** As tables have it: {@code L1 + dropout}. */
  public String label() {
    return switch (this) {
      case NONE -> "none";
      case L1, L2 -> name();
      case ELASTIC_NET -> "elastic net";
      case L1_DROPOUT -> "L1 + dropout";
      case L1_EARLY_STOPPING -> "L1 + early stopping";
    };
  }

  /** As files have it: {@code l1_dropout}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Penalty penalty(double lambda) {
    return switch (this) {
      case NONE -> Penalty.NONE;
      case L1, L1_DROPOUT, L1_EARLY_STOPPING -> Penalty.l1(lambda);
      case L2 -> Penalty.l2(lambda);
      case ELASTIC_NET -> Penalty.elasticNet(lambda / 2, lambda / 2);
    };
  }

  /**
   * A network with this regularization.
   *
   * @param plain the architecture
   * @param penalizeHead whether the output kernel is penalised; if there is no hidden layer it is
   * @param dropout the rate of dropout, where that is part of it
   */
  Network network(Network plain, double lambda, boolean penalizeHead, double dropout) {
    int head = plain.layers().size() - 1;
    Network network = plain.emptied(plain.inputs()).inputGroups(plain.inputGroups());
    for (int i = 0; i <= head; i++) {
      Layer layer = plain.layers().get(i);
      boolean penalized = i < head || penalizeHead || head == 0;
      network =
          network.dense(
              layer.units(), layer.activation(), penalized ? penalty(lambda) : Penalty.NONE);
      if (i < head && this == L1_DROPOUT) {
        network = network.dropout(dropout);
      }
    }
    return network;
  }
}
