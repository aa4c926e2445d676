package io.lariat.backend;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backend that was chosen: what it is, what was refused before it and why, and how to open it, as
 * often as threads need one of their own..
 */
public final class Choice implements AutoCloseable {
  private final BackendProvider provider;
  private final BackendOptions options;
  private final String description;
  private final List<String> refusals;

  /** What choosing has opened, until it is asked for. */
  private @Nullable Backend opened;

  Choice(BackendProvider provider, BackendOptions options, Backend opened, List<String> refusals) {
    this.provider = provider;
    this.options = options;
    this.opened = opened;
    this.description = opened.description();
    this.refusals = List.copyOf(refusals);
  }

  /** The backend's name: {@code simd}. */
  public String name() {
    return provider.name();
  }

  /** What was found, for people: {@code simd (512-bit vectors, 2 threads)}. */
  public String description() {
    return description;
  }

  /**
   * What {@code auto} would have preferred, and the reasons against it, each as {@code not cuda:
   * there is no driver}; empty for a backend that was named.
   */
  public List<String> refusals() {
    return refusals;
  }

  /** Whether it is scalar code, many times slower than vectors. */
  public boolean isScalar() {
    return provider.priority() <= 0;
  }

  /** {@link #description} and {@link #refusals} in one line. */
  public String line() {
    return description
        + (isScalar() && !refusals.isEmpty() ? ", many times slower than vectors" : "")
        + (refusals.isEmpty() ? "" : " (" + String.join("; ", refusals) + ")");
  }

  /** Opens it: the first call gives the one that was opened to choose it. The caller closes it. */
  public synchronized Backend open() {
    @Nullable Backend first = opened;
    opened = null;
    return first != null ? first : provider.open(options);
  }

  /** Closes what was opened to choose and not asked for. */
  @Override
  public synchronized void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }
}
