package io.lariat.backend;

/** A recorded step of a {@link Backend}; it dies with its backend. */
@FunctionalInterface
public interface Recording extends AutoCloseable {

  /** Runs the step: the same bits as calling its operations one by one. */
  void replay();

  /** Frees what the recording holds; by default nothing. */
  @Override
  default void close() {}
}
