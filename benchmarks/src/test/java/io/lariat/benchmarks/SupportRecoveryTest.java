package io.lariat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of selection on few runs: times are not looked at. */
final class SupportRecoveryTest {

  @Test
  void printsARowForEachSetting() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    SupportRecovery recovery = new SupportRecovery(1, 0, out);
    recovery.published();
    recovery.others(List.of(new PlantedSupport(100, 10, 2, 1, 0.5)));
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2 + 5 + 2 + 1)
        .anyMatch(line -> line.startsWith("| 8 | 1.000 | 1.000 | 0.000 | "))
        .anyMatch(line -> line.startsWith("| 100 | 10 | 2 | 1 | 0.5 | 1.000 | "));
  }

  @Test
  void printsPrecisionAndRecall() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    new SelectionTruth(1, out).measure(WideOrXor.MADELON);
    assertThat(printed.toString(StandardCharsets.UTF_8).lines().skip(2))
        .hasSize(1)
        .allMatch(
            line -> line.matches("\\| madelon \\| 1 \\| \\d+ \\| 1.00 \\| 0.[2-9]\\d \\| .*"));
  }
}
