package io.lariat.backend;

import java.util.ServiceConfigurationError;

/**
 * Stands for a provider that could not even be made, so that it is listed with its reason and
 * others can be chosen.
 *
 * @param unavailableReason why
 */
record BrokenProvider(String unavailableReason) implements BackendProvider {

  static BrokenProvider of(ServiceConfigurationError error) {
    Throwable cause = error.getCause();
    String more = cause == null ? "" : " (" + cause + ")";
    return new BrokenProvider(
        "its provider cannot be loaded: "
            + error.getMessage()
            + more
            + "; correct or remove the artifact that brings it");
  }

  @Override
  public String name() {
    return "unknown";
  }

  /** Behind all others. */
  @Override
  public int priority() {
    return Integer.MIN_VALUE;
  }

  @Override
  public String details() {
    return unavailableReason;
  }

  @Override
  public Backend open(BackendOptions options) {
    throw new BackendUnavailableException(
        "backend '" + name() + "' cannot be used: " + unavailableReason);
  }
}
