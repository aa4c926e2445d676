package io.lariat.cli;

import io.lariat.data.AtomicFile;
import io.lariat.model.ModelFile;
import java.nio.file.Path;

/** The files of a selection. */
final class SelectFiles {
  private SelectFiles() {}

  /** Writes them into {@code folder}. */
  static void write(Path folder, SelectResult result, String report) {
    AtomicFile.write(folder.resolve("selected.csv"), SelectCsv.of(result.selection().selected()));
    AtomicFile.write(folder.resolve("features.csv"), SelectCsv.of(result.byRank()));
    result.model().save(folder.resolve(ModelFile.NAME));
    AtomicFile.write(folder.resolve("summary.json"), SelectJson.of(result));
    AtomicFile.write(folder.resolve("report.html"), report);
  }
}
