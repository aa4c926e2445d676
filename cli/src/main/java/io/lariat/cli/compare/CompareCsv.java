package io.lariat.cli.compare;

import io.lariat.cli.output.RunFiles;
import io.lariat.compare.ComparisonRow;
import io.lariat.compare.Spread;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code compare.csv}: a row for each regularization; {@code _sd} is the standard deviation. */
final class CompareCsv {
  private static final List<String> FIGURES =
      List.of(
          "validation_loss",
          "validation_metric",
          "test_metric",
          "test_loss",
          "gap",
          "zeros",
          "features",
          "parameters");

  private CompareCsv() {}

  static String of(List<ComparisonRow> rows) {
    String header =
        RunFiles.COMPARISON_START
            + FIGURES.stream().map(f -> f + "," + f + "_sd").collect(Collectors.joining(","))
            + ",microseconds_per_row\n";
    return header + rows.stream().map(CompareCsv::line).collect(Collectors.joining());
  }

  private static String line(ComparisonRow row) {
    @Nullable Double lambda = row.lambda();
    String figures =
        Stream.of(
                row.validationLoss(),
                row.validationMetric(),
                row.testMetric(),
                row.testLoss(),
                row.gap(),
                row.zeros(),
                row.features(),
                row.parameters())
            .map((Spread s) -> s.mean() + "," + s.deviation())
            .collect(Collectors.joining(","));
    return row.regularization().word()
        + ","
        + (lambda == null ? "" : lambda)
        + ","
        + figures
        + ","
        + row.microseconds()
        + "\n";
  }
}
