package io.lariat.cli;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.BackendProvider;
import io.lariat.backend.Backends;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that choose the backend. */
final class BackendOption {
  /** The backend for short runs. */
  private static final String SCALAR = "reference";

  /** Lariat's own backends; one that is not on the path is missing, not misspelt. */
  private static final List<String> KNOWN = List.of(Backends.AUTO, "simd", SCALAR, "cuda");

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "auto, or a name that 'lariat backends' lists; one that is named never falls back; auto"
              + " takes scalar code for trainings of a second or so, and else the fastest"
              + " (default: the system property lariat.backend, else auto).")
  @Nullable String backend;

  @Mixin private ThreadsOption threads;

  /**
   * A backend and the line that says which and why.
   *
   * @param backend open; the caller closes it
   * @param line for people
   */
  record Opened(Backend backend, String line) {}

  /** The name asked for. */
  String name() {
    return backend != null
        ? backend.strip()
        : System.getProperty(Backends.PROPERTY, Backends.AUTO).strip();
  }

  /** Checks the name and the system properties. */
  void check() {
    String name = name();
    if (!KNOWN.contains(name)) {
      List<String> names =
          Stream.concat(KNOWN.stream(), Backends.providers().stream().map(BackendProvider::name))
              .distinct()
              .toList();
      if (!names.contains(name)) {
        throw Failure.usage(
            String.format(
                Locale.ROOT,
                "%s: no backend is called '%s'; the names are %s",
                backend != null ? "--backend" : "system property " + Backends.PROPERTY,
                name,
                String.join(", ", names)));
      }
    }
    threads.number();
  }

  /** How many threads are to compute. */
  int threads() {
    return threads.number();
  }

  /** Adds the settings. */
  void describe(Map<String, Object> settings) {
    settings.put("backend_asked_for", name());
    settings.put("threads", threads.number());
  }

  /**
   * Opens the backend.
   *
   * @param isShort whether the run is a {@link ShortRun}, for which {@code auto} takes scalar code
   */
  Opened open(boolean isShort) {
    if (isShort && name().equals(Backends.AUTO)) {
      Backend scalar = Backends.open(SCALAR, new BackendOptions(threads.number()));
      return new Opened(
          scalar, scalar.description() + ", as the run is too short for SIMD to warm up");
    }
    VectorModule.load();
    List<String> logged = new ArrayList<>();
    Backend opened;
    try {
      opened =
          ProgramLog.hearing(
              (important, message) -> logged.add(message),
              () -> Backends.open(name(), new BackendOptions(threads.number())));
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage())); // a system property of the backend
    }
    String chosen =
        logged.stream()
            .filter(m -> m.startsWith("backend "))
            .findFirst()
            .orElse("backend " + opened.description());
    return new Opened(opened, chosen);
  }
}
