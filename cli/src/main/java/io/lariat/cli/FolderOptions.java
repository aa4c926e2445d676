package io.lariat.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command that writes several files puts them. */
final class FolderOptions {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      converter = FilePath.class,
      description = "Folder for the files (default: lariat-out/<data name>-<n>, the next free n).")
  private @Nullable Path folder;

  @Option(
      names = "--force",
      description = "Replace a run's files in --out, those of an interrupted one too.")
  boolean force;

  /**
   * The folder of a run on the data in {@code data}.
   *
   * @throws Failure if it cannot be written to, or has files and may not be replaced
   */
  OutputFolder folder(Path data) {
    return folder == null ? OutputFolder.numbered(data) : OutputFolder.given(folder, force);
  }
}
