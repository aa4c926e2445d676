package io.lariat.cli;

import io.lariat.data.AtomicFile;
import io.lariat.model.ModelFile;
import io.lariat.path.LambdaPath;
import io.lariat.path.LinearSolution;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files of a path. */
final class PathFiles {
  private PathFiles() {}

  /** Writes them into {@code folder}. */
  static void write(Path folder, PathResult result) {
    @Nullable LambdaPath<LinearSolution> linear = result.linear();
    text(folder.resolve("path.csv"), PathCsv.of(result.path()));
    if (linear != null) {
      text(folder.resolve("coefficients.csv"), CoefficientsCsv.of(linear));
    }
    @Nullable Integer chosen = result.chosen();
    if (chosen != null) {
      result.model(chosen).save(folder.resolve(ModelFile.NAME));
    }
    text(folder.resolve("summary.json"), PathJson.of(result));
  }

  private static void text(Path file, String text) {
    AtomicFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
