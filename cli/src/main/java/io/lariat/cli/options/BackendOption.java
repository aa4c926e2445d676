package io.lariat.cli.options;

import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.backend.Choice;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that choose the backend. */
public final class BackendOption {
  /** The backend for short runs. */
  private static final String SCALAR = "reference";

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "auto, or a name that 'lariat backends' lists; one that is named never falls back; auto"
              + " takes scalar code for trainings of a second or so, and else the fastest"
              + " (default: the system property lariat.backend, else auto).")
  @Nullable String backend;

  @Mixin private ThreadsOption threads;

  /** The name asked for. */
  String name() {
    return backend != null
        ? backend.strip()
        : System.getProperty(Backends.PROPERTY, Backends.AUTO).strip();
  }

  /** Checks the name and the system properties. */
  public void check() {
    String name = name();
    if (!Backends.isName(name)) {
      throw Failure.usage(
          Text.of(
              "%s: no backend is called '%s'; the names are %s",
              backend != null ? "--backend" : "system property " + Backends.PROPERTY,
              name,
              String.join(", ", Backends.names())));
    }
    threads.number();
  }

  /** How many threads are to compute. */
  public int threads() {
    return threads.number();
  }

  /** Adds the settings. */
  public void describe(Map<String, Object> settings) {
    settings.put("backend_asked_for", name());
    settings.put("threads", threads.number());
  }

  /**
   * Chooses the backend.
   *
   * @param isShort whether the run is a {@link ShortRun}, for which {@code auto} takes scalar code
   * @param each the threads of each backend that is opened
   */
  public Choice choose(boolean isShort, int each) {
    BackendOptions options = new BackendOptions(each);
    if (isShort && name().equals(Backends.AUTO)) {
      return Backends.choose(SCALAR, options);
    }
    VectorModule.load();
    try {
      return Backends.choose(name(), options);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage())); // a system property of the backend
    }
  }

  /** What computes, of which {@code count} are at work at a time. */
  public static String description(Choice choice, int count) {
    return choice.description() + (count == 1 ? "" : ", " + count + " at a time");
  }

  /** What was chosen for a run that {@code isShort} and why, for people. */
  public String line(Choice choice, boolean isShort) {
    return choice.line()
        + (isShort && name().equals(Backends.AUTO)
            ? ", as the run is too short for SIMD to warm up"
            : "");
  }
}
