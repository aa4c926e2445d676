package io.lariat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.data.Csv;
import io.lariat.data.ReadProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The command for paths on few lambdas: what it measures is not looked at. */
final class PathTimesTest {

  @Test
  void verifiesAndPrintsBothPaths() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Path data = Path.of("../src-test-data/breast_cancer.csv");
    new PathTimes(
            Csv.read(data, "benign", null, ReadProgress.NONE),
            1,
            new PrintStream(printed, true, StandardCharsets.UTF_8))
        .measure(4);
    int threadCounts = Runtime.getRuntime().availableProcessors() == 1 ? 1 : 2;
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2 + 2 * threadCounts)
        .anyMatch(line -> line.startsWith("| linear, 10 folds | 1 | "))
        .anyMatch(line -> line.startsWith("| 30-20-1, 5 folds | 1 | "));
  }
}
