package io.lariat.cli.select;

import io.lariat.cli.output.RunFiles;
import io.lariat.internal.files.AtomicFile;
import io.lariat.model.ModelFile;
import java.nio.file.Path;

/** The files of a selection. */
final class SelectFiles {
  private SelectFiles() {}

  /** Writes them into {@code folder}. */
  static void write(Path folder, SelectResult result, String report) {
    AtomicFile.write(
        folder.resolve(RunFiles.SELECTED),
        SelectCsv.of(result.selection(), result.selection().selected()));
    AtomicFile.write(
        folder.resolve(RunFiles.FEATURES), SelectCsv.of(result.selection(), result.byRank()));
    result.model().save(folder.resolve(ModelFile.NAME));
    AtomicFile.write(folder.resolve(RunFiles.SUMMARY), SelectJson.of(result));
    AtomicFile.write(folder.resolve(RunFiles.REPORT), report);
  }
}
