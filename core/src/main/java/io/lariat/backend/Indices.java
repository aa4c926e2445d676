package io.lariat.backend;

/**
 * A vector of ints in backend memory: row numbers and random keys, the integers that vary from step
 * to step inside a recorded step.
 */
public interface Indices extends AutoCloseable {

  /** The number of ints. */
  int length();

  /**
   * A view of {@code length} ints starting at {@code from}, of the same memory.
   *
   * @throws IndexOutOfBoundsException if the range is not inside this vector
   */
  Indices range(int from, int length);

  /** Frees the memory; on a view, does nothing. Closing twice does nothing. */
  @Override
  void close();
}
