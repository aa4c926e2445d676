package io.lariat.backend;

/**
 * A block of floats that one {@link Backend} owns, in host or in device memory.
 *
 * <p>Its contents are reached only through that backend's operations. Closing it frees the memory;
 * closing the backend frees all of its storages. Any later use is an {@link IllegalStateException}.
 */
public interface Storage extends AutoCloseable {

  /** The number of floats in this block. */
  long length();

  /**
   * Whether operations reach this memory slowly, as a device does the host's: what is needed of it
   * is better fetched ahead, with {@link Backend#together}.
   */
  default boolean isFar() {
    return false;
  }

  /** Frees the memory. Closing twice does nothing. */
  @Override
  void close();
}
