package io.lariat.cli.options;

import io.lariat.cli.output.OutputFolder;
import io.lariat.cli.output.OutputPath;
import io.lariat.cli.words.Failure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command that writes several files puts them. */
public final class FolderOptions {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      converter = FilePath.class,
      description = "Folder for the files (default: lariat-out/<data name>-<n>, the next free n).")
  private @Nullable Path folder;

  @Option(
      names = "--force",
      description = "Replace a run's files in --out, those of an interrupted one too.")
  private boolean force;

  @Option(
      names = "--resume",
      description =
          "Go on where a run with the same data and settings was interrupted or killed: its"
              + " finished parts are in a folder '.partial' beside the output. The result is the"
              + " same, bit for bit.")
  private boolean resume;

  /**
   * Checks that the run's files do not take the place of {@code input}, which it reads.
   *
   * @throws Failure if one would
   */
  public void requireNoInput(Path input) {
    if (folder != null) {
      OutputPath.requireNoData(folder, input);
    }
  }

  /**
   * The folder of a run on the data in {@code data}, which has it to itself from now on.
   *
   * @throws Failure if it cannot be written to, another run has it, it has files and they may not
   *     be replaced, or the data have the place of one that is written
   */
  public OutputFolder folder(Path data) {
    requireNoInput(data);
    return folder == null
        ? OutputFolder.numbered(data, force, resume)
        : OutputFolder.given(folder, force, resume);
  }
}
