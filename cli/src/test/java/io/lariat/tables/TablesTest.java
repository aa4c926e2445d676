package io.lariat.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Seeded tables, every command on each. {@code -Dlariat.tables=5000} tries more, {@code
 * -Dlariat.tables.from=SEED} begins at another seed, so that one seed can be tried alone.
 */
class TablesTest {
  private static final int COUNT = Integer.getInteger("lariat.tables", 200);
  private static final long FROM = Long.getLong("lariat.tables.from", 1);
  private static final int MOST_FAILURES = 40;

  /** How many failing tables are made small, which takes many runs. */
  private static final int MOST_SHRUNK = 5;

  private static final Path REPORT = Path.of("target", "tables");

  @Test
  void noTableIsMisjudged() throws IOException {
    Files.createDirectories(REPORT);
    List<String> failures = new ArrayList<>();
    Map<String, Integer> refusals = new TreeMap<>();
    int commands = 0;
    long seed = FROM;
    for (; seed < FROM + COUNT && failures.size() < MOST_FAILURES; seed++) {
      Trial.Result result = Trial.of(TableKinds.of(seed));
      commands += result.commands();
      for (String refusal : result.refusals()) {
        refusals.merge(
            refusal.replaceAll("'[^']*'|[-+]?[0-9][0-9.,eE]*|\\S*/\\S*", "#"), 1, Integer::sum);
      }
      if (!result.findings().isEmpty()) {
        boolean shrink = failures.size() < MOST_SHRUNK;
        failures.add(
            "seed " + seed + ": " + result.findings() + (shrink ? small(seed, result) : ""));
      }
    }
    summarize(seed - FROM, commands, failures, refusals);
    assertThat(failures).as("tables of seeds %s to %s", FROM, seed - 1).isEmpty();
  }

  private static String small(long seed, Trial.Result result) throws IOException {
    Table small = Shrinking.of(TableKinds.of(seed), result.findings().getFirst());
    Path folder = Files.createDirectories(REPORT.resolve("seed-" + seed));
    Path file = small.style().write(small, folder);
    return "; the least that shows the first: " + file + " --task " + small.task();
  }

  private static void summarize(
      long tables, int commands, List<String> failures, Map<String, Integer> refusals)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(tables + " tables, " + commands + " commands, " + failures.size() + " failures");
    lines.addAll(failures);
    lines.add("refusals:");
    refusals.forEach(
        (sentence, count) -> lines.add(String.format(Locale.ROOT, "%6d  %s", count, sentence)));
    Files.write(REPORT.resolve("summary.txt"), lines);
  }
}
