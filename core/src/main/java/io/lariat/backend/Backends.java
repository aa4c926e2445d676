package io.lariat.backend;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Chooses a backend. A backend that is named never falls back: if it cannot be used, that is an
 * error with the reason. {@code auto} takes the best that can be used and logs one line of why.
 */
public final class Backends {

  /** The system property that names the backend: {@value}. */
  public static final String PROPERTY = "lariat.backend";

  /** The name that leaves the choice to Lariat. */
  public static final String AUTO = "auto";

  private static final System.Logger LOG = System.getLogger("io.lariat.backend");

  private Backends() {}

  /** Opens the backend that the system property {@code lariat.backend} names, else {@code auto}. */
  public static Backend open() {
    return open(System.getProperty(PROPERTY, AUTO));
  }

  /** Opens a backend by name, with the options that system properties give. */
  public static Backend open(String name) {
    return open(name, BackendOptions.fromSystemProperties());
  }

  /**
   * Opens a backend.
   *
   * @param name {@code auto}, or the name of a provider on the class or module path
   * @throws BackendUnavailableException if it is not there or cannot be used
   */
  public static Backend open(String name, BackendOptions options) {
    return open(name, options, providers());
  }

  /** Every provider on the class or module path, usable or not, the preferred one first. */
  public static List<BackendProvider> providers() {
    List<BackendProvider> found = new ArrayList<>();
    ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()).forEach(found::add);
    found.sort(
        Comparator.comparingInt(BackendProvider::priority)
            .reversed()
            .thenComparing(BackendProvider::name));
    return List.copyOf(found);
  }

  static Backend open(String name, BackendOptions options, List<BackendProvider> providers) {
    String wanted = name.strip();
    if (wanted.equals(AUTO)) {
      return openBest(options, providers);
    }
    for (BackendProvider provider : providers) {
      if (provider.name().equals(wanted)) {
        String reason = provider.unavailableReason();
        if (reason != null) {
          throw new BackendUnavailableException(
              "backend '" + wanted + "' cannot be used: " + reason);
        }
        return provider.open(options);
      }
    }
    throw new BackendUnavailableException(
        String.format(
            Locale.ROOT,
            "no backend '%s' on the class path; found: %s. Add the artifact that provides it, or"
                + " use 'auto'.",
            wanted,
            providers.stream().map(BackendProvider::name).collect(Collectors.joining(", "))));
  }

  private static Backend openBest(BackendOptions options, List<BackendProvider> providers) {
    List<String> refusals = new ArrayList<>();
    for (BackendProvider provider : providers) {
      String reason = provider.unavailableReason();
      if (reason == null) {
        Backend backend = provider.open(options);
        LOG.log(
            Level.INFO,
            () ->
                "backend "
                    + backend.description()
                    + (refusals.isEmpty() ? "" : " (" + String.join("; ", refusals) + ")"));
        return backend;
      }
      refusals.add("not " + provider.name() + ": " + reason);
    }
    throw new BackendUnavailableException(
        "no backend can be used here: "
            + (refusals.isEmpty() ? "none is on the class path" : String.join("; ", refusals)));
  }
}
