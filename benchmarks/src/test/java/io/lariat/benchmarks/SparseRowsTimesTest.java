package io.lariat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.benchmarks.SparseRowsTimes.Size;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The command for sparse rows on a small case: what it measures is not looked at. */
final class SparseRowsTimesTest {

  @Test
  void verifiesAndPrintsEveryCase() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    new SparseRowsTimes(300, 1, new PrintStream(printed, true, StandardCharsets.UTF_8))
        .measure(new Size(1000, 5, 8), new Size(100, 5, 4));
    int threadCounts = Runtime.getRuntime().availableProcessors() == 1 ? 1 : 2;
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2 + 2 * threadCounts)
        .anyMatch(line -> line.startsWith("| 1000 | 5 | 8 | 1 | "));
  }
}
