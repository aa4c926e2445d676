package io.lariat.train;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the golden numbers are. */
final class GoldenFolder {
  private static final String PROPERTY = "lariat.data";

  private GoldenFolder() {}

  /** The folder {@code golden} of Lariat's test data. */
  static Path find() {
    return in(System.getProperty(PROPERTY, ""));
  }

  /**
   * The folder {@code golden} in {@code data}.
   *
   * @throws IllegalStateException if it is not there
   */
  static Path in(String data) {
    Path golden = Path.of(data, "golden");
    if (data.isBlank() || !Files.isDirectory(golden)) {
      throw new IllegalStateException(
          "the contract's golden cases are not where the system property "
              + PROPERTY
              + " says ("
              + (data.isBlank() ? "it is not set" : golden)
              + "); set it to Lariat's folder src-test-data for the tests' JVM, in Maven by"
              + " systemPropertyVariables of surefire");
    }
    return golden;
  }
}
