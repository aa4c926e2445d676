package io.lariat.cli;

import io.lariat.select.FeatureScore;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code selected.csv} and {@code features.csv}: a row a column of the data, by rank; without
 * subsamples its frequency is empty.
 */
final class SelectCsv {
  private SelectCsv() {}

  /** The file's text. */
  static String of(List<FeatureScore> features) {
    return "feature,rank,importance,frequency\n"
        + features.stream().map(SelectCsv::line).collect(Collectors.joining());
  }

  private static String line(FeatureScore feature) {
    @Nullable Double frequency = feature.frequency();
    return String.join(
            ",",
            CsvCell.of(feature.name()),
            String.valueOf(feature.rank()),
            CsvCell.of(feature.importance()),
            frequency == null ? "" : CsvCell.of(frequency))
        + "\n";
  }
}
