package io.lariat.cli.path;

import io.lariat.cli.output.RunFiles;
import io.lariat.cli.words.CsvCell;
import io.lariat.path.LambdaPath;
import io.lariat.path.PathSolution;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code path.csv}: a row a lambda; without cross-validation its three columns are empty. */
final class PathCsv {
  private PathCsv() {}

  /** The file's text. */
  static String of(LambdaPath<?> path) {
    return RunFiles.PATH_HEADER
        + "\n"
        + path.points().stream().map(PathCsv::line).collect(Collectors.joining());
  }

  private static String line(LambdaPath.Point<?> point) {
    PathSolution s = point.solution();
    return Stream.of(
            CsvCell.of(s.lambda()),
            String.valueOf(s.zeros()),
            String.valueOf(s.features()),
            CsvCell.of(s.loss()),
            CsvCell.of(point.cvMean()),
            CsvCell.of(point.cvSe()),
            CsvCell.of(point.metric()),
            CsvCell.of(s.kkt()))
        .collect(Collectors.joining(",", "", "\n"));
  }
}
