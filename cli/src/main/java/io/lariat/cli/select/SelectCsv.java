package io.lariat.cli.select;

import io.lariat.cli.options.KeepOption;
import io.lariat.cli.output.RunFiles;
import io.lariat.cli.words.CsvCell;
import io.lariat.select.Cluster;
import io.lariat.select.FeatureScore;
import io.lariat.select.Selection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code selected.csv} and {@code features.csv}: a row a column of the data, by rank; without
 * subsamples its frequencies are empty. Stand-ins are separated as {@code --keep} reads them.
 */
final class SelectCsv {
  private SelectCsv() {}

  /** The file's text. */
  static String of(Selection selection, List<FeatureScore> features) {
    return RunFiles.FEATURES_HEADER
        + "\n"
        + features.stream().map(f -> line(selection, f)).collect(Collectors.joining());
  }

  private static String line(Selection selection, FeatureScore feature) {
    @Nullable Double frequency = feature.frequency();
    @Nullable Cluster cluster = selection.clusterOf(feature);
    @Nullable Double any = cluster == null ? frequency : cluster.frequency();
    return String.join(
            ",",
            CsvCell.of(feature.name()),
            String.valueOf(feature.rank()),
            CsvCell.of(feature.importance()),
            frequency == null ? "" : CsvCell.of(frequency),
            any == null ? "" : CsvCell.of(any),
            CsvCell.of(KeepOption.text(StandIns.of(selection, feature))))
        + "\n";
  }
}
