package io.lariat.backend;

/**
 * Data losses. All of them take logits {@code z}, the output layer before its activation, which is
 * both exact and cheaper than going through probabilities. A batch's loss is the mean over its
 * rows.
 */
public enum Loss {
  /**
   * Binary cross-entropy with sigmoid head, targets {@code y} in {0, 1} of the logits' shape:
   * {@code max(z, 0) - z y + log1p(exp(-|z|))}, mean over the columns. Metric: accuracy, {@code z >
   * 0} against {@code y > 0.5}.
   */
  BINARY_CROSSENTROPY,
  /**
   * Cross-entropy with softmax head, targets {@code [rows x 1]} holding the class's number: {@code
   * log sum_k exp(z_k) - z_y}. Metric: accuracy, the first largest logit against {@code y}.
   */
  CATEGORICAL_CROSSENTROPY,
  /**
   * Mean squared error with identity head, targets of the logits' shape: {@code (z - y)^2}, mean
   * over the columns. Metric: mean absolute error {@code |z - y|}.
   */
  MEAN_SQUARED_ERROR
}
