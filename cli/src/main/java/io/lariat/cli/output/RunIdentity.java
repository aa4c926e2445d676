package io.lariat.cli.output;

import io.lariat.cli.words.OneLine;
import io.lariat.cli.words.Version;
import io.lariat.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a run's finished parts depend on: parts are of another run where any of it differs. */
public final class RunIdentity {
  private RunIdentity() {}

  /**
   * {@code name: value} in each line.
   *
   * @param computedBy what computes: other backends round otherwise
   * @param settings all that the result depends on besides
   */
  public static List<String> of(Dataset data, String computedBy, Map<String, Object> settings) {
    List<String> lines = new ArrayList<>();
    lines.add("lariat: " + Version.lariat());
    lines.add("data hash: " + data.sha256(data.rows()));
    lines.add("computed by: " + computedBy);
    settings.forEach((name, value) -> lines.add(name + ": " + OneLine.of("" + value)));
    return lines;
  }
}
