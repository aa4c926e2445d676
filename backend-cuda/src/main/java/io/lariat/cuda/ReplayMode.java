package io.lariat.cuda;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How recorded steps are run; all ways give the same bits. */
enum ReplayMode {
  /** As a graph, or as one kernel where that was measured to be faster. */
  AUTO,
  /** As a CUDA graph. */
  GRAPH,
  /** As one kernel, where the step can be one, else as a graph. */
  PROGRAM;

  /** The system property that chooses: {@value}. */
  static final String PROPERTY = "lariat.cuda.replay";

  /** What the property says; {@link #AUTO} without it. */
  static ReplayMode fromSystemProperty() {
    String value = System.getProperty(PROPERTY, "auto");
    for (ReplayMode mode : values()) {
      if (mode.text().equals(value.strip())) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "system property %s: expected %s, found '%s'",
            PROPERTY,
            Arrays.stream(values()).map(ReplayMode::text).collect(Collectors.joining(", ")),
            value));
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
