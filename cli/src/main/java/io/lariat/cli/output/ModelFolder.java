package io.lariat.cli.output;

import io.lariat.internal.files.FolderCommit;
import io.lariat.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the model of a run's folder, or a model file. */
public final class ModelFolder {
  private ModelFolder() {}

  /**
   * Reads it; first puts the files in place that a run was killed over.
   *
   * @throws io.lariat.data.DataException if what is there instead is nothing that a run leaves
   */
  public static Model load(Path path) {
    if (FolderCommit.isCommitted(path) && Files.isWritable(path)) {
      try {
        FolderCommit.finish(path, RunFiles.ALL);
      } catch (IOException e) {
        return Model.load(path); // which finds the new file where it is
      }
    }
    return Model.load(path);
  }
}
