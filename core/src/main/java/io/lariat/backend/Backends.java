package io.lariat.backend;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a backend. A backend that is named never falls back: if it cannot be used, that is an
 * error with the reason. {@code auto} takes the best that can be used and logs one line of why: a
 * warning where that is scalar code, which is many times slower than what it should be.
 */
public final class Backends {

  /** The system property that names the backend: {@value}. */
  public static final String PROPERTY = "lariat.backend";

  /** The name that leaves the choice to Lariat. */
  public static final String AUTO = "auto";

  private static final System.Logger LOG = System.getLogger("io.lariat.backend");

  /** Lariat's own backend for vectors; without it a processor is hardly used. */
  private static final String VECTORS = "simd";

  /** Lariat's own; one that is not on the path is missing, not misspelt. */
  private static final List<String> OWN = List.of(AUTO, VECTORS, "reference", "cuda");

  /** So many broken entries in a row are the whole list's fault. */
  private static final int MOST_BROKEN = 100;

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
    return choose(name, options).open();
  }

  /**
   * Chooses a backend, by opening it; as {@link #open(String, BackendOptions)}, but says what was
   * chosen and what was not.
   *
   * @throws BackendUnavailableException if it is not there or cannot be used
   */
  public static Choice choose(String name, BackendOptions options) {
    return choose(name, options, providers());
  }

  /** Whether {@code name} is one of {@link #names}; mostly without looking for providers. */
  public static boolean isName(String name) {
    return OWN.contains(name) || names().contains(name);
  }

  /** The names that may be asked for: {@code auto}, Lariat's own, and those of providers. */
  public static List<String> names() {
    return Stream.concat(OWN.stream(), providers().stream().map(BackendProvider::name))
        .distinct()
        .toList();
  }

  /**
   * Every provider on the class or module path, usable or not, the preferred one first: those that
   * Lariat's own class loader finds, and those of the thread's context class loader.
   */
  public static List<BackendProvider> providers() {
    List<BackendProvider> found = new ArrayList<>();
    ClassLoader own = Backends.class.getClassLoader();
    addProviders(found, own);
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null && !context.equals(own)) {
      addProviders(found, context);
    }
    found.sort(
        Comparator.comparingInt(BackendProvider::priority)
            .reversed()
            .thenComparing(BackendProvider::name));
    return List.copyOf(found);
  }

  /**
   * The products of panels of the preferred provider that has any, null if none has. The bits are
   * those of scalar code, so it matters to nothing but the time which it is, and no choice of a
   * backend is asked.
   */
  public static @Nullable PanelProducts panelProducts() {
    for (BackendProvider provider : providers()) {
      PanelProducts products = provider.panelProducts();
      if (products != null) {
        return products;
      }
    }
    return null;
  }

  /** Adds what {@code loader} finds that is not there yet; what cannot be made, as broken. */
  private static void addProviders(List<BackendProvider> found, ClassLoader loader) {
    Iterator<BackendProvider> providers =
        ServiceLoader.load(BackendProvider.class, loader).iterator();
    for (int broken = 0; broken < MOST_BROKEN; ) {
      BackendProvider next;
      try {
        if (!providers.hasNext()) {
          return;
        }
        next = providers.next();
      } catch (ServiceConfigurationError e) {
        broken++;
        next = BrokenProvider.of(e);
      }
      BackendProvider candidate = next;
      if (found.stream().noneMatch(f -> isSame(f, candidate))) {
        found.add(candidate);
      }
    }
  }

  private static boolean isSame(BackendProvider a, BackendProvider b) {
    return a.equals(b) || (a.getClass() == b.getClass() && !(a instanceof BrokenProvider));
  }

  static Choice choose(String name, BackendOptions options, List<BackendProvider> providers) {
    String wanted = name.strip();
    if (wanted.equals(AUTO)) {
      return chooseBest(options, providers);
    }
    for (BackendProvider provider : providers) {
      if (provider.name().equals(wanted)) {
        String reason = provider.unavailableReason();
        if (reason != null) {
          throw new BackendUnavailableException(
              "backend '" + wanted + "' cannot be used: " + reason);
        }
        return new Choice(provider, options, provider.open(options), List.of());
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

  private static Choice chooseBest(BackendOptions options, List<BackendProvider> providers) {
    List<String> refusals = new ArrayList<>();
    for (BackendProvider provider : providers) {
      String reason;
      try {
        reason = provider.unavailableReason();
        if (reason == null) {
          Backend backend = provider.open(options);
          if (provider.priority() <= 0
              && providers.stream().noneMatch(p -> p.name().equals(VECTORS))) {
            refusals.add(
                "not "
                    + VECTORS
                    + ": it is not on the class or module path; add lariat-backend-cpu-simd, and"
                    + " to an image of jlink the module io.lariat.simd");
          }
          return logged(new Choice(provider, options, backend, refusals));
        }
      } catch (IllegalArgumentException e) {
        throw e; // the caller's options
      } catch (RuntimeException | LinkageError e) {
        reason = "it fails: " + e;
      }
      refusals.add("not " + provider.name() + ": " + reason);
    }
    throw new BackendUnavailableException(
        "no backend can be used here: "
            + (refusals.isEmpty() ? "none is on the class path" : String.join("; ", refusals)));
  }

  private static Choice logged(Choice choice) {
    LOG.log(choice.isScalar() ? Level.WARNING : Level.INFO, () -> "backend " + choice.line());
    return choice;
  }
}
