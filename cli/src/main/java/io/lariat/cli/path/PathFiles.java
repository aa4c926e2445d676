package io.lariat.cli.path;

import io.lariat.cli.output.RunFiles;
import io.lariat.internal.files.AtomicFile;
import io.lariat.model.ModelFile;
import io.lariat.path.LambdaPath;
import io.lariat.path.LinearSolution;
import io.lariat.report.PathReport;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files of a path. */
final class PathFiles {
  private PathFiles() {}

  /** Writes them into {@code folder}. */
  static void write(Path folder, PathResult result) {
    @Nullable LambdaPath<LinearSolution> linear = result.linear();
    AtomicFile.write(folder.resolve(RunFiles.PATH), PathCsv.of(result.path()));
    if (linear != null) {
      AtomicFile.write(folder.resolve(RunFiles.COEFFICIENTS), CoefficientsCsv.of(linear));
    }
    @Nullable Integer chosen = result.chosen();
    if (chosen != null) {
      result.model(chosen).save(folder.resolve(ModelFile.NAME));
    }
    AtomicFile.write(folder.resolve(RunFiles.SUMMARY), PathJson.of(result));
    AtomicFile.write(
        folder.resolve(RunFiles.REPORT),
        PathReport.html(
            result.path().data().source(),
            result.path(),
            chosen,
            result.settings(),
            result.notes()));
  }
}
