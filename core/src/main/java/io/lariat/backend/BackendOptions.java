package io.lariat.backend;

/**
 * What a backend is opened with.
 *
 * @param threads the number of threads that compute, at least 1
 */
public record BackendOptions(int threads) {

  /** The system property for the number of threads: {@value}. */
  public static final String THREADS_PROPERTY = "lariat.threads";

  /** Checks the number of threads. */
  public BackendOptions {
    if (threads < 1 || threads > 1024) {
      throw new IllegalArgumentException("threads: expected 1 to 1024, found " + threads);
    }
  }

  /**
   * From the system property {@code lariat.threads}; without it, as many threads as the JVM sees
   * processors.
   */
  public static BackendOptions fromSystemProperties() {
    String value = System.getProperty(THREADS_PROPERTY);
    if (value == null) {
      return new BackendOptions(Runtime.getRuntime().availableProcessors());
    }
    try {
      return new BackendOptions(Integer.parseInt(value.strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          THREADS_PROPERTY + ": expected a whole number, found '" + value + "'", e);
    }
  }
}
