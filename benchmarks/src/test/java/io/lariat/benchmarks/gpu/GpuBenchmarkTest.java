package io.lariat.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command for the comparison on a GPU, on backends that need none; no time is looked at. */
final class GpuBenchmarkTest {

  @Test
  void verifiesTimesAndSaysWhoIsWrongOrAbsent(@TempDir Path folder) throws IOException {
    int status =
        GpuBenchmark.run(
            "--work",
            folder.toString(),
            "--backend",
            "simd",
            "--cpu",
            "reference",
            "--cases",
            "tiny",
            "--rounds",
            "2",
            "--seconds",
            "100",
            "--warm-up",
            "0",
            "--label",
            "a trial",
            "--peer",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FakePeer.class.getName());

    assertThat(status).isZero();
    List<String> table =
        Files.readAllLines(folder.resolve("table.md")).stream()
            .filter(line -> line.startsWith("|"))
            .toList();
    assertThat(table)
        .hasSize(2 + 9 + 8)
        .allMatch(line -> line.matches("\\|( [^|]*(\\\\\\|)?[^|]* \\|){7}"));
    assertThat(table)
        .filteredOn(line -> line.contains(" | **Lariat**"))
        .hasSize(6)
        .allMatch(GpuBenchmarkTest::hasTimes);
    assertThat(row(table, "Lariat on the CPU")).matches(GpuBenchmarkTest::hasTimes);
    assertThat(row(table, "PyTorch, eager")).matches(GpuBenchmarkTest::hasTimes);
    assertThat(row(table, "PyTorch, the step a CUDA graph |"))
        .contains("wrong: the loss of step 1 is 3.00000, and that of others is ");
    assertThat(row(table, "PyTorch, compiled, the step a CUDA graph |"))
        .contains("absent: no compiler, no \\| compilation");
    assertThat(row(table, "a CUDA graph, no penalty |"))
        .contains("ended: ", "it is tired")
        .doesNotContain("a trial");
    assertThat(Files.readAllLines(folder.resolve("rounds.csv")))
        .hasSize(1 + 9 + 8)
        .anyMatch(line -> line.matches("tiny,float32,LARIAT,proximal,[0-9.E-]+,[0-9.E-]+"));
  }

  @Test
  void failsWithoutLariat(@TempDir Path folder) throws IOException {
    int status =
        GpuBenchmark.run(
            "--work", folder.toString(), "--backend", "none", "--cpu", "none", "--cases", "tiny");
    assertThat(status).isEqualTo(1);
    assertThat(folder.resolve("table.md")).content().contains("backend 'none'");
  }

  @Test
  void refusesOptionsThatItDoesNotHave() throws IOException {
    assertThat(GpuBenchmark.run("--speed", "high")).isEqualTo(2);
  }

  private static boolean hasTimes(String row) {
    return row.matches(".*\\| [0-9.]+ \\(a trial\\) \\| [0-9.]+ to [0-9.]+ \\(a trial\\) \\|.*");
  }

  private static String row(List<String> table, String part) {
    return table.stream()
        .filter(line -> line.contains(part))
        .findFirst()
        .orElse("no row of " + part);
  }
}
