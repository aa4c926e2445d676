package io.lariat.cli.output;

import io.lariat.cli.words.Failure;
import io.lariat.cli.words.IoProblem;
import io.lariat.cli.words.Text;
import io.lariat.internal.files.FileNames;
import io.lariat.internal.files.FolderCommit;
import io.lariat.internal.text.FileProblem;
import io.lariat.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Saves a run's files elsewhere when they cannot be written to where they should be. */
final class Rescue {
  private Rescue() {}

  /**
   * Writes the files, or as many as there is room for, to the first place that takes them: the
   * system's folder for temporary files, the user's, the current one.
   *
   * @param files as for {@link OutputFolder#write}
   * @param target where they should be
   * @param problem why they cannot be there
   * @return what to tell the user
   */
  static Failure of(Consumer<Path> files, Path target, IOException problem) {
    String said =
        Text.of("output folder %s: cannot be written: %s; ", target, FileProblem.reason(problem));
    String remedy = "; " + FileProblem.remedy(problem, true);
    for (String name : List.of("java.io.tmpdir", "user.home", "user.dir")) {
      @Nullable Path place = save(files, target, Path.of(System.getProperty(name, "")));
      if (place != null) {
        return Failure.run(
            said + "what the run has found out is in " + place + " instead" + remedy);
      }
    }
    return Failure.run(said + "no other place has taken the files either" + remedy);
  }

  /** The new folder in {@code place} that has files; null: none could be written. */
  private static @Nullable Path save(Consumer<Path> files, Path target, Path place) {
    try {
      Path name = target.toAbsolutePath().normalize().getFileName();
      String prefix = "lariat-" + FileNames.cut(name == null ? "run" : name.toString(), 100) + "-";
      Path folder = Files.createTempDirectory(place, prefix);
      try {
        withIOException(() -> files.accept(folder));
      } catch (IOException e) {
        try (Stream<Path> written = Files.list(folder)) {
          if (written.findAny().isEmpty()) {
            FolderCommit.deleteAll(folder);
            return null;
          }
        }
      }
      return folder;
    } catch (IOException e) {
      return null; // the next place
    }
  }

  /** Runs what writes files, with a problem of writing as what it is. */
  static void withIOException(Runnable writing) throws IOException {
    try {
      writing.run();
    } catch (UncheckedIOException | ModelException e) {
      @Nullable IOException problem = IoProblem.in(e);
      if (problem == null) {
        throw e;
      }
      throw problem;
    }
  }
}
