package io.lariat.backend;

/** The three matrix products that a dense layer needs. */
public enum Product {
  /** {@code out[m x n] = a[m x k] * b[k x n]}: the forward pass. */
  AB("AB"),
  /** {@code out[m x n] = a[k x m]' * b[k x n]}: the gradient of the kernel. */
  ATB("A'B"),
  /** {@code out[m x n] = a[m x k] * b[n x k]'}: the gradient of the input. */
  ABT("AB'");

  private final String notation;

  Product(String notation) {
    this.notation = notation;
  }

  /** How it is written in messages: {@code AB}, {@code A'B} or {@code AB'}. */
  public String notation() {
    return notation;
  }

  /** The number of rows of the result. */
  public int rows(Matrix a, Matrix b) {
    return this == ATB ? a.cols() : a.rows();
  }

  /** The number of columns of the result. */
  public int cols(Matrix a, Matrix b) {
    return this == ABT ? b.rows() : b.cols();
  }

  /** The dimension that is summed over, as {@code a} has it. */
  public int depth(Matrix a) {
    return this == ATB ? a.rows() : a.cols();
  }
}
