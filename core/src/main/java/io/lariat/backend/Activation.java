package io.lariat.backend;

/**
 * Activation functions. Each one's derivative is a function of its <em>output</em> {@code y}, so
 * that a training step need not keep the pre-activation.
 */
public enum Activation {
  /** {@code y = x}; {@code y' = 1}. */
  IDENTITY,
  /** {@code y = max(x, 0)}; {@code y' = 1} where {@code y > 0}, else 0 (so 0 at the kink). */
  RELU,
  /** {@code y = 1 / (1 + exp(-x))}; {@code y' = y (1 - y)}. */
  SIGMOID,
  /** {@code y = tanh(x)}; {@code y' = 1 - y^2}. */
  TANH,
  /**
   * {@code y = log(1 + exp(x))}, computed as {@code max(x, 0) + log1p(exp(-|x|))}; {@code y' = 1 -
   * exp(-y)}, computed as {@code -expm1(-y)}.
   */
  SOFTPLUS,
  /**
   * Over each row: {@code y_j = exp(x_j - max x) / sum_k exp(x_k - max x)}; the gradient of a row
   * is {@code y_j (g_j - sum_k g_k y_k)}.
   */
  SOFTMAX
}
