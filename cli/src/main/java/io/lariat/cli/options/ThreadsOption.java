package io.lariat.cli.options;

import io.lariat.backend.BackendOptions;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says how many threads compute. */
public final class ThreadsOption {

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Numbers.Threads.class,
      description =
          "Threads that compute (default: the system property lariat.threads, else one a"
              + " processor). The result is the same for any number.")
  private @Nullable Integer threads;

  /**
   * The number.
   *
   * @throws Failure if none was given and the system property is no number of threads
   */
  public int number() {
    if (threads != null) {
      return threads;
    }
    try {
      return BackendOptions.fromSystemProperties().threads();
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          Text.of(
              "system property %s: expected a whole number from 1 to 1024, found '%s'",
              BackendOptions.THREADS_PROPERTY,
              System.getProperty(BackendOptions.THREADS_PROPERTY)));
    }
  }
}
