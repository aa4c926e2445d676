package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that are killed lose nothing; {@link Crashes} says what that means. {@code
 * -Dlariat.kills=200} kills more of them, {@code -Dlariat.kills.seed=1} others.
 */
@Tag("D7")
@Tag("D9")
final class CrashIT {
  private static final int KILLS = Integer.getInteger("lariat.kills", 20);
  private static final long SEED = Long.getLong("lariat.kills.seed", 20261128);

  @TempDir private Path folder;

  @Test
  void killedRunsLoseNothing() throws IOException, InterruptedException {
    Crashes crashes = new Crashes(folder, SEED);
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < KILLS; i++) {
      try {
        crashes.trial(i);
      } catch (AssertionError e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    String calls = crashes.hasStrace() ? "" : "; without strace none at a system call";
    System.out.println("seed " + SEED + ", killed: " + crashes.counts() + calls);
    assertThat(failures).as("seed %s, killed: %s", SEED, crashes.counts()).isEmpty();
    int killed = crashes.counts().values().stream().mapToInt(Integer::intValue).sum();
    assertThat(killed).as("%s", crashes.counts()).isEqualTo(KILLS);
  }
}
