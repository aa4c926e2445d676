package io.lariat.backend;

/** How a {@link Penalty} enters the update of the weights. */
public enum PenaltyMethod {
  /**
   * The penalty's subgradient {@code l1 * sign(w) + 2 * l2 * w}, with {@code sign(0) = 0}, is added
   * to the gradient and goes through the optimizer with it, as Keras does. Weights come near zero
   * but are almost never exactly zero.
   */
  SUBGRADIENT,
  /**
   * The optimizer steps along the gradient of the data loss alone; then the weight is soft
   * thresholded in the optimizer's own metric, which makes weights exactly zero (Yun, Lozano, Yang:
   * Adaptive Proximal Gradient Methods for Structured Neural Networks, NeurIPS 2021, equation 4).
   */
  PROXIMAL
}
