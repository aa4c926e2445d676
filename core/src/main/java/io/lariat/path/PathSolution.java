package io.lariat.path;

import io.lariat.model.Network;
import io.lariat.model.Weights;

/** A model of a path: what the rows give at one lambda. */
public sealed interface PathSolution permits LinearSolution, NetworkSolution {

  /** The penalty's strength. */
  double lambda();

  /** The network with its penalties at this lambda. */
  Network network();

  /** Its parameters, kept as doubles; zeros are exact. */
  Weights weights();

  /** The mean data loss of the rows trained on. */
  double loss();

  /**
   * The KKT residual: the most by which a condition of optimality is violated, see {@link
   * io.lariat.optimality.KktResidual}.
   */
  double kkt();

  /** How many kernel weights are exactly zero. */
  int zeros();

  /** How many features are used. */
  int features();

  /**
   * What a plot of the path shows of each feature, {@code [lines][features]}: for each output of a
   * linear model its coefficients, of a network the size of each feature's weights, {@code sum
   * |w|}.
   */
  double[][] traces();
}
