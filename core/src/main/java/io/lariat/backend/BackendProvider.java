package io.lariat.backend;

import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a backend can work here, and opens it. Found by {@link
 * java.util.ServiceLoader}; the provider's own class must load on any machine, so it names no class
 * that may be missing.
 */
public interface BackendProvider {

  /** The name by which it is selected: {@code simd}. */
  String name();

  /** {@code auto} takes the usable provider with the largest: reference 0, simd 100, cuda 200. */
  int priority();

  /**
   * Why this backend cannot be used here, one sentence with the remedy; null if it can. Does the
   * probing that this needs, once, silently and quickly, and never throws.
   */
  @Nullable String unavailableReason();

  /** What was found, for people, where it is usable: {@code 512-bit vectors}. */
  String details();

  /**
   * Opens the backend.
   *
   * @throws BackendUnavailableException if {@link #unavailableReason} is not null
   */
  Backend open(BackendOptions options);

  /**
   * Products of panels of doubles that are faster than scalar code, where this provider has them
   * and they can be used here; null if not, as by default. Whoever asks has much to compute: this
   * may take as long as {@link #unavailableReason}, and never throws.
   */
  default @Nullable PanelProducts panelProducts() {
    return null;
  }
}
