package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are killed lose nothing; {@link Crashes} says what that means. */
@Tag("D7")
@Tag("D9")
final class CrashIT {
  private static final int KILLS = 20;

  @TempDir private Path folder;

  @Test
  void killedRunsLoseNothing() throws IOException, InterruptedException {
    Crashes crashes = new Crashes(folder, 20261128);
    for (int i = 0; i < KILLS; i++) {
      crashes.trial(i);
    }
    int killed = crashes.counts().values().stream().mapToInt(Integer::intValue).sum();
    assertThat(killed).as("%s", crashes.counts()).isEqualTo(KILLS);
  }
}
