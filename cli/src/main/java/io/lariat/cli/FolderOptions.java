package io.lariat.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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

  @Option(
      names = "--resume",
      description =
          "Go on where a run with the same data and settings was interrupted or killed: its"
              + " finished parts are in a folder '.partial' beside the output. The result is the"
              + " same, bit for bit.")
  boolean resume;

  /**
   * The folder of a run on the data in {@code data}, which has it to itself from now on.
   *
   * @throws Failure if it cannot be written to, another run has it, or it has files and they may
   *     not be replaced
   */
  OutputFolder folder(Path data) {
    return folder(data, List.of());
  }

  /**
   * Likewise, of a run that reads other files too.
   *
   * @throws Failure also if one that it reads has the place of one that it writes
   */
  OutputFolder folder(Path data, List<Path> others) {
    if (folder == null) {
      return OutputFolder.numbered(data);
    }
    OutputPath.requireNoInput(folder, Stream.concat(Stream.of(data), others.stream()).toList());
    return OutputFolder.given(folder, force, resume);
  }
}
